using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linli.Database.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class LargerMessages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<string>(
                name: "Payload",
                table: "kernel_outbox_message",
                type: "character varying(2000000)",
                maxLength: 2000000,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(100000)",
                oldMaxLength: 100000);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<string>(
                name: "Payload",
                table: "kernel_outbox_message",
                type: "character varying(100000)",
                maxLength: 100000,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(2000000)",
                oldMaxLength: 2000000);
        }
    }
}
