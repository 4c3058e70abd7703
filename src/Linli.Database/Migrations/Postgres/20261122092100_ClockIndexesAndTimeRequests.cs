using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linli.Database.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ClockIndexesAndTimeRequests : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_requests_clock_State_BreachedAt_DueAt",
                table: "requests_clock");

            migrationBuilder.DropIndex(
                name: "IX_requests_clock_State_Kind_DueAt",
                table: "requests_clock");

            migrationBuilder.DropIndex(
                name: "IX_requests_clock_State_WarnedAt_WarnAt",
                table: "requests_clock");

            migrationBuilder.AddColumn<int>(
                name: "MaxTimes",
                table: "requests_reason_code",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_requests_service_request_NextDueAt",
                table: "requests_service_request",
                column: "NextDueAt");

            migrationBuilder.CreateIndex(
                name: "IX_requests_clock_State_BreachedAt_Kind_DueAt",
                table: "requests_clock",
                columns: new[] { "State", "BreachedAt", "Kind", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_requests_clock_State_WarnedAt_Kind_WarnAt",
                table: "requests_clock",
                columns: new[] { "State", "WarnedAt", "Kind", "WarnAt" });

            Rename(migrationBuilder, "requests_extension", "requests_time_request");
            migrationBuilder.AddColumn<string>(
                name: "Kind",
                table: "requests_time_request",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Extension");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Kind",
                table: "requests_time_request");
            Rename(migrationBuilder, "requests_time_request", "requests_extension");

            migrationBuilder.DropIndex(
                name: "IX_requests_service_request_NextDueAt",
                table: "requests_service_request");

            migrationBuilder.DropIndex(
                name: "IX_requests_clock_State_BreachedAt_Kind_DueAt",
                table: "requests_clock");

            migrationBuilder.DropIndex(
                name: "IX_requests_clock_State_WarnedAt_Kind_WarnAt",
                table: "requests_clock");

            migrationBuilder.DropColumn(
                name: "MaxTimes",
                table: "requests_reason_code");

            migrationBuilder.CreateIndex(
                name: "IX_requests_clock_State_BreachedAt_DueAt",
                table: "requests_clock",
                columns: new[] { "State", "BreachedAt", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_requests_clock_State_Kind_DueAt",
                table: "requests_clock",
                columns: new[] { "State", "Kind", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_requests_clock_State_WarnedAt_WarnAt",
                table: "requests_clock",
                columns: new[] { "State", "WarnedAt", "WarnAt" });

        }

        /// <summary>Keeps the rows, which a drop and a create would not.</summary>
        private static void Rename(MigrationBuilder migrationBuilder, string from, string to)
        {
            migrationBuilder.DropForeignKey($"FK_{from}_requests_service_request_RequestId", from);
            migrationBuilder.DropPrimaryKey($"PK_{from}", from);
            migrationBuilder.RenameTable(from, newName: to);
            migrationBuilder.RenameIndex($"IX_{from}_RequestId", $"IX_{to}_RequestId", to);
            migrationBuilder.AddPrimaryKey($"PK_{to}", to, "Id");
            migrationBuilder.AddForeignKey(
                $"FK_{to}_requests_service_request_RequestId", to, "RequestId", "requests_service_request", principalColumn: "Id", onDelete: ReferentialAction.Cascade);
        }
    }
}
