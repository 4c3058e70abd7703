using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linli.Database.Migrations.Sqlite
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
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Mailbox",
                table: "shell_account",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Mobile",
                table: "shell_account",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AboutPersonIndex",
                table: "requests_service_request",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SealedAboutPerson",
                table: "requests_service_request",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "shell_sms_out",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    To = table.Column<string>(type: "TEXT", nullable: true),
                    Text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    About = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    CreatedAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    DoneAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true)
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
                type: "TEXT",
                maxLength: 400,
                nullable: true);
        }
    }
}
