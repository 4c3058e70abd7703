using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linli.Database.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Permissions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "AboutPerson",
                table: "requests_service_request",
                type: "TEXT",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "GroupCode",
                table: "requests_service_request",
                type: "TEXT",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsSensitive",
                table: "requests_service_request",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Recused",
                table: "requests_service_request",
                type: "TEXT",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "DeputyOf",
                table: "kernel_appointment",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "SeesSensitive",
                table: "kernel_appointment",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "ServiceGroups",
                table: "kernel_appointment",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_kernel_appointment_DeputyOf",
                table: "kernel_appointment",
                column: "DeputyOf");

            // Nobody loses with an upgrade what they could do before it; clearance is taken back by hand.
            migrationBuilder.Sql("""update "kernel_appointment" set "SeesSensitive" = 1""");
            migrationBuilder.Sql("""
                update "requests_service_request" set
                    "GroupCode" = (select t."GroupCode" from "requests_service_type" t where t."Code" = "ServiceTypeCode"),
                    "IsSensitive" = (select t."IsSensitive" from "requests_service_type" t where t."Code" = "ServiceTypeCode")
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_kernel_appointment_DeputyOf",
                table: "kernel_appointment");

            migrationBuilder.DropColumn(
                name: "AboutPerson",
                table: "requests_service_request");

            migrationBuilder.DropColumn(
                name: "GroupCode",
                table: "requests_service_request");

            migrationBuilder.DropColumn(
                name: "IsSensitive",
                table: "requests_service_request");

            migrationBuilder.DropColumn(
                name: "Recused",
                table: "requests_service_request");

            migrationBuilder.DropColumn(
                name: "DeputyOf",
                table: "kernel_appointment");

            migrationBuilder.DropColumn(
                name: "SeesSensitive",
                table: "kernel_appointment");

            migrationBuilder.DropColumn(
                name: "ServiceGroups",
                table: "kernel_appointment");
        }
    }
}
