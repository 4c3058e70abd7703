using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linli.Database.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "kernel_area",
                columns: table => new
                {
                    Code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    ParentCode = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    Level = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    NameEn = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    FullName = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Longitude = table.Column<double>(type: "REAL", nullable: true),
                    Latitude = table.Column<double>(type: "REAL", nullable: true),
                    Boundary = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Source = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    IsDemoShape = table.Column<bool>(type: "INTEGER", nullable: false),
                    EndedOn = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_area", x => x.Code);
                    table.ForeignKey(
                        name: "FK_kernel_area_kernel_area_ParentCode",
                        column: x => x.ParentCode,
                        principalTable: "kernel_area",
                        principalColumn: "Code",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "kernel_audit_entry",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Actor = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ActorId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Verb = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    At = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    Changes = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_audit_entry", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "kernel_change_stamp",
                columns: table => new
                {
                    Name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Value = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_change_stamp", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "kernel_outbox_message",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Type = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Payload = table.Column<string>(type: "TEXT", maxLength: 100000, nullable: false),
                    CreatedAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    DoneAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true),
                    DoneBy = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    NextAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    LastError = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_outbox_message", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "shell_account",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    NameEn = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Language = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    IsActive = table.Column<bool>(type: "INTEGER", nullable: false),
                    CodeHash = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    CodeEndsAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true),
                    UserName = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    NormalizedUserName = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Email = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    NormalizedEmail = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    PasswordHash = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    SecurityStamp = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    ConcurrencyStamp = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    LockoutEnd = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true),
                    LockoutEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    AccessFailedCount = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shell_account", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "kernel_organisation",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    NameEn = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    ShortName = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ParentId = table.Column<Guid>(type: "TEXT", nullable: true),
                    AreaCode = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    CreditCode = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    IsAllianceMember = table.Column<bool>(type: "INTEGER", nullable: false),
                    Offers = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Longitude = table.Column<double>(type: "REAL", nullable: true),
                    Latitude = table.Column<double>(type: "REAL", nullable: true),
                    Phone = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    IsActive = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_organisation", x => x.Id);
                    table.ForeignKey(
                        name: "FK_kernel_organisation_kernel_area_AreaCode",
                        column: x => x.AreaCode,
                        principalTable: "kernel_area",
                        principalColumn: "Code",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_kernel_organisation_kernel_organisation_ParentId",
                        column: x => x.ParentId,
                        principalTable: "kernel_organisation",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "kernel_appointment",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    OrganisationId = table.Column<Guid>(type: "TEXT", nullable: true),
                    AreaCode = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    From = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    Until = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_appointment", x => x.Id);
                    table.ForeignKey(
                        name: "FK_kernel_appointment_kernel_organisation_OrganisationId",
                        column: x => x.OrganisationId,
                        principalTable: "kernel_organisation",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_kernel_appointment_AccountId",
                table: "kernel_appointment",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_kernel_appointment_OrganisationId",
                table: "kernel_appointment",
                column: "OrganisationId");

            migrationBuilder.CreateIndex(
                name: "IX_kernel_area_ParentCode",
                table: "kernel_area",
                column: "ParentCode");

            migrationBuilder.CreateIndex(
                name: "IX_kernel_audit_entry_At",
                table: "kernel_audit_entry",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_kernel_organisation_AreaCode",
                table: "kernel_organisation",
                column: "AreaCode");

            migrationBuilder.CreateIndex(
                name: "IX_kernel_organisation_Code",
                table: "kernel_organisation",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_kernel_organisation_CreditCode",
                table: "kernel_organisation",
                column: "CreditCode",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_kernel_organisation_ParentId",
                table: "kernel_organisation",
                column: "ParentId");

            migrationBuilder.CreateIndex(
                name: "IX_kernel_outbox_message_DoneAt_NextAt",
                table: "kernel_outbox_message",
                columns: new[] { "DoneAt", "NextAt" });

            migrationBuilder.CreateIndex(
                name: "IX_shell_account_NormalizedUserName",
                table: "shell_account",
                column: "NormalizedUserName",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "kernel_appointment");

            migrationBuilder.DropTable(
                name: "kernel_audit_entry");

            migrationBuilder.DropTable(
                name: "kernel_change_stamp");

            migrationBuilder.DropTable(
                name: "kernel_outbox_message");

            migrationBuilder.DropTable(
                name: "shell_account");

            migrationBuilder.DropTable(
                name: "kernel_organisation");

            migrationBuilder.DropTable(
                name: "kernel_area");
        }
    }
}
