using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linli.Database.Migrations.Sqlite
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    OwnerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Definition = table.Column<string>(type: "TEXT", maxLength: 60000, nullable: false),
                    IsForAll = table.Column<bool>(type: "INTEGER", nullable: false),
                    SharedRoles = table.Column<string>(type: "TEXT", nullable: false),
                    SharedOrganisations = table.Column<string>(type: "TEXT", nullable: false),
                    Timetable = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    TimetableDay = table.Column<int>(type: "INTEGER", nullable: false),
                    TimetableMinutes = table.Column<int>(type: "INTEGER", nullable: false),
                    TimetableFormat = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    NextAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true),
                    NextDay = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    IsStopped = table.Column<bool>(type: "INTEGER", nullable: false),
                    ChangedAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    LedgerId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Definition = table.Column<string>(type: "TEXT", maxLength: 60000, nullable: false),
                    Format = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ScheduledFor = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true),
                    AskedAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    ExpiresAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    LeaseUntil = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true),
                    DoneAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true),
                    Total = table.Column<int>(type: "INTEGER", nullable: false),
                    Read = table.Column<int>(type: "INTEGER", nullable: false),
                    Lines = table.Column<int>(type: "INTEGER", nullable: false),
                    IsPersonal = table.Column<bool>(type: "INTEGER", nullable: false),
                    Problem = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    FileId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Length = table.Column<long>(type: "INTEGER", nullable: false)
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
