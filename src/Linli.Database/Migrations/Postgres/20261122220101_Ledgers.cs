using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linli.Database.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Ledgers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "shell_ledger",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    OwnerId = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    Definition = table.Column<string>(type: "character varying(60000)", maxLength: 60000, nullable: false),
                    IsForAll = table.Column<bool>(type: "boolean", nullable: false),
                    SharedRoles = table.Column<List<string>>(type: "text[]", nullable: false),
                    SharedOrganisations = table.Column<List<string>>(type: "text[]", nullable: false),
                    Timetable = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    TimetableDay = table.Column<int>(type: "integer", nullable: false),
                    TimetableMinutes = table.Column<int>(type: "integer", nullable: false),
                    TimetableFormat = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    NextAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    NextDay = table.Column<DateOnly>(type: "date", nullable: true),
                    IsStopped = table.Column<bool>(type: "boolean", nullable: false),
                    ChangedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shell_ledger", x => x.Id);
                    table.ForeignKey(
                        name: "FK_shell_ledger_shell_account_OwnerId",
                        column: x => x.OwnerId,
                        principalTable: "shell_account",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "shell_ledger_export",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    AccountId = table.Column<Guid>(type: "uuid", nullable: false),
                    LedgerId = table.Column<Guid>(type: "uuid", nullable: true),
                    Name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Definition = table.Column<string>(type: "character varying(60000)", maxLength: 60000, nullable: false),
                    Format = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Language = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    ScheduledFor = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    AskedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    LeaseUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    DoneAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Total = table.Column<int>(type: "integer", nullable: false),
                    Read = table.Column<int>(type: "integer", nullable: false),
                    Lines = table.Column<int>(type: "integer", nullable: false),
                    IsPersonal = table.Column<bool>(type: "boolean", nullable: false),
                    Problem = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    FileId = table.Column<Guid>(type: "uuid", nullable: true),
                    Length = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shell_ledger_export", x => x.Id);
                    table.ForeignKey(
                        name: "FK_shell_ledger_export_kernel_evidence_file_FileId",
                        column: x => x.FileId,
                        principalTable: "kernel_evidence_file",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_shell_ledger_export_shell_account_AccountId",
                        column: x => x.AccountId,
                        principalTable: "shell_account",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_shell_ledger_export_shell_ledger_LedgerId",
                        column: x => x.LedgerId,
                        principalTable: "shell_ledger",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateIndex(
                name: "IX_shell_ledger_NextAt",
                table: "shell_ledger",
                column: "NextAt");

            migrationBuilder.CreateIndex(
                name: "IX_shell_ledger_OwnerId",
                table: "shell_ledger",
                column: "OwnerId");

            migrationBuilder.CreateIndex(
                name: "IX_shell_ledger_export_AccountId_AskedAt",
                table: "shell_ledger_export",
                columns: new[] { "AccountId", "AskedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_shell_ledger_export_ExpiresAt",
                table: "shell_ledger_export",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_shell_ledger_export_FileId",
                table: "shell_ledger_export",
                column: "FileId");

            migrationBuilder.CreateIndex(
                name: "IX_shell_ledger_export_LedgerId_ScheduledFor",
                table: "shell_ledger_export",
                columns: new[] { "LedgerId", "ScheduledFor" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_shell_ledger_export_State_AskedAt",
                table: "shell_ledger_export",
                columns: new[] { "State", "AskedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "shell_ledger_export");

            migrationBuilder.DropTable(
                name: "shell_ledger");
        }
    }
}
