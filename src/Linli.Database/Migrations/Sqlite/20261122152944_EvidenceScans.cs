using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linli.Database.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class EvidenceScans : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Scan",
                table: "kernel_evidence_file",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "Unscanned");

            migrationBuilder.CreateIndex(
                name: "IX_kernel_evidence_file_Scan",
                table: "kernel_evidence_file",
                column: "Scan");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_kernel_evidence_file_Scan",
                table: "kernel_evidence_file");

            migrationBuilder.DropColumn(
                name: "Scan",
                table: "kernel_evidence_file");
        }
    }
}
