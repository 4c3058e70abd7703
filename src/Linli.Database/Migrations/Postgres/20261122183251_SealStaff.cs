using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linli.Database.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class SealStaff : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "NormalizedEmail",
                table: "shell_account");

            migrationBuilder.AddColumn<string>(
                name: "Mailbox",
                table: "shell_invitation",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Mailbox",
                table: "shell_account",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Mobile",
                table: "shell_account",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AboutPersonIndex",
                table: "requests_service_request",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SealedAboutPerson",
                table: "requests_service_request",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "shell_sms_out",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    To = table.Column<string>(type: "text", nullable: true),
                    Text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    About = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DoneAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shell_sms_out", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_shell_sms_out_CreatedAt",
                table: "shell_sms_out",
                column: "CreatedAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "shell_sms_out");

            migrationBuilder.DropColumn(
                name: "Mailbox",
                table: "shell_invitation");

            migrationBuilder.DropColumn(
                name: "Mailbox",
                table: "shell_account");

            migrationBuilder.DropColumn(
                name: "Mobile",
                table: "shell_account");

            migrationBuilder.DropColumn(
                name: "AboutPersonIndex",
                table: "requests_service_request");

            migrationBuilder.DropColumn(
                name: "SealedAboutPerson",
                table: "requests_service_request");

            migrationBuilder.AddColumn<string>(
                name: "NormalizedEmail",
                table: "shell_account",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);
        }
    }
}
