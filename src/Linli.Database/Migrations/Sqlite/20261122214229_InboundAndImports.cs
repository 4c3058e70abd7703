using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linli.Database.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class InboundAndImports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "requests_import_batch",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Mapping = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: false),
                    Total = table.Column<int>(type: "INTEGER", nullable: false),
                    Done = table.Column<int>(type: "INTEGER", nullable: false),
                    Imported = table.Column<int>(type: "INTEGER", nullable: false),
                    Known = table.Column<int>(type: "INTEGER", nullable: false),
                    Rejected = table.Column<int>(type: "INTEGER", nullable: false),
                    ById = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    EndedAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true),
                    UndoneAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true),
                    Trouble = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_import_batch", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "requests_import_mapping",
                columns: table => new
                {
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Headings = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Mapping = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: false),
                    At = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_import_mapping", x => new { x.Kind, x.Headings });
                });

            migrationBuilder.CreateTable(
                name: "requests_inbound_address",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    WordHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Mapping = table.Column<string>(type: "TEXT", maxLength: 40000, nullable: false),
                    Secrets = table.Column<string>(type: "TEXT", nullable: true),
                    ServiceType = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Most = table.Column<int>(type: "INTEGER", nullable: false),
                    IsActive = table.Column<bool>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    CreatedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    LastAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_inbound_address", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "requests_inbound_record",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    MessageHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SenderIndex = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    At = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    Result = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_inbound_record", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "requests_import_item",
                columns: table => new
                {
                    BatchId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Row = table.Column<int>(type: "INTEGER", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Mark = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Before = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_import_item", x => new { x.BatchId, x.Row });
                    table.ForeignKey(
                        name: "FK_requests_import_item_requests_import_batch_BatchId",
                        column: x => x.BatchId,
                        principalTable: "requests_import_batch",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_requests_import_batch_At",
                table: "requests_import_batch",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_requests_import_batch_Sha256",
                table: "requests_import_batch",
                column: "Sha256");

            migrationBuilder.CreateIndex(
                name: "IX_requests_inbound_address_WordHash",
                table: "requests_inbound_address",
                column: "WordHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_requests_inbound_record_MessageHash",
                table: "requests_inbound_record",
                column: "MessageHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_requests_inbound_record_SenderIndex_At",
                table: "requests_inbound_record",
                columns: new[] { "SenderIndex", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_requests_inbound_record_Source_At",
                table: "requests_inbound_record",
                columns: new[] { "Source", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "requests_import_item");

            migrationBuilder.DropTable(
                name: "requests_import_mapping");

            migrationBuilder.DropTable(
                name: "requests_inbound_address");

            migrationBuilder.DropTable(
                name: "requests_inbound_record");

            migrationBuilder.DropTable(
                name: "requests_import_batch");
        }
    }
}
