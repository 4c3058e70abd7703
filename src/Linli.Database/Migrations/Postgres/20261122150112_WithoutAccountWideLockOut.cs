using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linli.Database.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class WithoutAccountWideLockOut : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "AccessFailedCount",
                table: "shell_account");

            migrationBuilder.DropColumn(
                name: "LockoutEnabled",
                table: "shell_account");

            migrationBuilder.DropColumn(
                name: "LockoutEnd",
                table: "shell_account");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "AccessFailedCount",
                table: "shell_account",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "LockoutEnabled",
                table: "shell_account",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "LockoutEnd",
                table: "shell_account",
                type: "timestamp with time zone",
                nullable: true);
        }
    }
}
