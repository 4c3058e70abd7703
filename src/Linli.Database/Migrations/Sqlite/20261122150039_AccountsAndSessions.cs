using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linli.Database.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AccountsAndSessions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "CodeResetsFactor",
                table: "shell_account",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "FactorMissingSince",
                table: "shell_account",
                type: "TEXT",
                maxLength: 28,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "LastSignInAt",
                table: "shell_account",
                type: "TEXT",
                maxLength: 28,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TotpPending",
                table: "shell_account",
                type: "TEXT",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TotpSecret",
                table: "shell_account",
                type: "TEXT",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "TotpStep",
                table: "shell_account",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "shell_account_device",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    DeviceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    FirstAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    LastAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shell_account_device", x => x.Id);
                    table.ForeignKey(
                        name: "FK_shell_account_device_shell_account_AccountId",
                        column: x => x.AccountId,
                        principalTable: "shell_account",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "shell_factor_reset",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    AskedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    AskedAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    EndsAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    DecidedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    DecidedAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shell_factor_reset", x => x.Id);
                    table.ForeignKey(
                        name: "FK_shell_factor_reset_shell_account_AccountId",
                        column: x => x.AccountId,
                        principalTable: "shell_account",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "shell_invitation",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    TokenHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    NameEn = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Email = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Language = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Posts = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: false),
                    InvitedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    InvitedAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    EndsAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    AcceptedAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: true),
                    WithdrawnAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shell_invitation", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "shell_passkey",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    CredentialId = table.Column<byte[]>(type: "BLOB", maxLength: 1024, nullable: false),
                    PublicKey = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SignCount = table.Column<long>(type: "INTEGER", nullable: false),
                    Transports = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    IsUserVerified = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsBackupEligible = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsBackedUp = table.Column<bool>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    UsedAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shell_passkey", x => x.Id);
                    table.ForeignKey(
                        name: "FK_shell_passkey_shell_account_AccountId",
                        column: x => x.AccountId,
                        principalTable: "shell_account",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "shell_recovery_code",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Salt = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    UsedAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shell_recovery_code", x => x.Id);
                    table.ForeignKey(
                        name: "FK_shell_recovery_code_shell_account_AccountId",
                        column: x => x.AccountId,
                        principalTable: "shell_account",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "shell_session",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Stamp = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Means = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    DeviceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Device = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    StartedAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    UsedAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    ConfirmedAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    EndsAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    EndedAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shell_session", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "shell_try_counter",
                columns: table => new
                {
                    Key = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Failures = table.Column<int>(type: "INTEGER", nullable: false),
                    LastAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    NextAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shell_try_counter", x => x.Key);
                });

            migrationBuilder.CreateIndex(
                name: "IX_shell_account_device_AccountId_DeviceId",
                table: "shell_account_device",
                columns: new[] { "AccountId", "DeviceId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_shell_factor_reset_AccountId_DecidedAt",
                table: "shell_factor_reset",
                columns: new[] { "AccountId", "DecidedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_shell_invitation_InvitedAt",
                table: "shell_invitation",
                column: "InvitedAt");

            migrationBuilder.CreateIndex(
                name: "IX_shell_invitation_TokenHash",
                table: "shell_invitation",
                column: "TokenHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_shell_passkey_AccountId",
                table: "shell_passkey",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_shell_passkey_CredentialId",
                table: "shell_passkey",
                column: "CredentialId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_shell_recovery_code_AccountId",
                table: "shell_recovery_code",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_shell_session_AccountId_EndedAt",
                table: "shell_session",
                columns: new[] { "AccountId", "EndedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_shell_session_EndsAt",
                table: "shell_session",
                column: "EndsAt");

            migrationBuilder.CreateIndex(
                name: "IX_shell_try_counter_LastAt",
                table: "shell_try_counter",
                column: "LastAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "shell_account_device");

            migrationBuilder.DropTable(
                name: "shell_factor_reset");

            migrationBuilder.DropTable(
                name: "shell_invitation");

            migrationBuilder.DropTable(
                name: "shell_passkey");

            migrationBuilder.DropTable(
                name: "shell_recovery_code");

            migrationBuilder.DropTable(
                name: "shell_session");

            migrationBuilder.DropTable(
                name: "shell_try_counter");

            migrationBuilder.DropColumn(
                name: "CodeResetsFactor",
                table: "shell_account");

            migrationBuilder.DropColumn(
                name: "FactorMissingSince",
                table: "shell_account");

            migrationBuilder.DropColumn(
                name: "LastSignInAt",
                table: "shell_account");

            migrationBuilder.DropColumn(
                name: "TotpPending",
                table: "shell_account");

            migrationBuilder.DropColumn(
                name: "TotpSecret",
                table: "shell_account");

            migrationBuilder.DropColumn(
                name: "TotpStep",
                table: "shell_account");
        }
    }
}
