using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linli.Database.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class PersonalData : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "AnonymisedAt",
                table: "requests_service_request",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "AreTextsMasked",
                table: "requests_service_request",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "DeletionDueAt",
                table: "requests_service_request",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "EmailIndex",
                table: "requests_reporter_contact",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Home",
                table: "requests_reporter_contact",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Other",
                table: "requests_reporter_contact",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PhoneIndex",
                table: "requests_reporter_contact",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SealedEmail",
                table: "requests_reporter_contact",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SealedName",
                table: "requests_reporter_contact",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SealedPhone",
                table: "requests_reporter_contact",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "requests_legal_hold",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    RequestId = table.Column<Guid>(type: "uuid", nullable: false),
                    Reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    SetAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    SetBy = table.Column<Guid>(type: "uuid", nullable: false),
                    LiftReason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    LiftAskedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LiftAskedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    LiftedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LiftedBy = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_legal_hold", x => x.Id);
                    table.ForeignKey(
                        name: "FK_requests_legal_hold_requests_service_request_RequestId",
                        column: x => x.RequestId,
                        principalTable: "requests_service_request",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "requests_original",
                columns: table => new
                {
                    RequestId = table.Column<Guid>(type: "uuid", nullable: false),
                    Field = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_original", x => new { x.RequestId, x.Field });
                    table.ForeignKey(
                        name: "FK_requests_original_requests_service_request_RequestId",
                        column: x => x.RequestId,
                        principalTable: "requests_service_request",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "requests_unmasking",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    RequestId = table.Column<Guid>(type: "uuid", nullable: false),
                    Part = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    AccountId = table.Column<Guid>(type: "uuid", nullable: false),
                    Role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    OrganisationId = table.Column<Guid>(type: "uuid", nullable: true),
                    ReasonCode = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    AskedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DecidedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    DecidedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    IsGranted = table.Column<bool>(type: "boolean", nullable: false),
                    DecisionReason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_unmasking", x => x.Id);
                    table.ForeignKey(
                        name: "FK_requests_unmasking_kernel_organisation_OrganisationId",
                        column: x => x.OrganisationId,
                        principalTable: "kernel_organisation",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_requests_unmasking_requests_service_request_RequestId",
                        column: x => x.RequestId,
                        principalTable: "requests_service_request",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_requests_service_request_AnonymisedAt",
                table: "requests_service_request",
                column: "AnonymisedAt");

            migrationBuilder.CreateIndex(
                name: "IX_requests_service_request_AreTextsMasked",
                table: "requests_service_request",
                column: "AreTextsMasked");

            migrationBuilder.CreateIndex(
                name: "IX_requests_service_request_DeletionDueAt",
                table: "requests_service_request",
                column: "DeletionDueAt");

            migrationBuilder.CreateIndex(
                name: "IX_requests_reporter_contact_EmailIndex",
                table: "requests_reporter_contact",
                column: "EmailIndex");

            migrationBuilder.CreateIndex(
                name: "IX_requests_reporter_contact_PhoneIndex",
                table: "requests_reporter_contact",
                column: "PhoneIndex");

            migrationBuilder.CreateIndex(
                name: "IX_requests_legal_hold_RequestId_LiftedAt",
                table: "requests_legal_hold",
                columns: new[] { "RequestId", "LiftedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_requests_unmasking_AccountId_AskedAt",
                table: "requests_unmasking",
                columns: new[] { "AccountId", "AskedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_requests_unmasking_DecidedAt_ExpiresAt",
                table: "requests_unmasking",
                columns: new[] { "DecidedAt", "ExpiresAt" });

            migrationBuilder.CreateIndex(
                name: "IX_requests_unmasking_OrganisationId",
                table: "requests_unmasking",
                column: "OrganisationId");

            migrationBuilder.CreateIndex(
                name: "IX_requests_unmasking_RequestId_AskedAt",
                table: "requests_unmasking",
                columns: new[] { "RequestId", "AskedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "requests_legal_hold");

            migrationBuilder.DropTable(
                name: "requests_original");

            migrationBuilder.DropTable(
                name: "requests_unmasking");

            migrationBuilder.DropIndex(
                name: "IX_requests_service_request_AnonymisedAt",
                table: "requests_service_request");

            migrationBuilder.DropIndex(
                name: "IX_requests_service_request_AreTextsMasked",
                table: "requests_service_request");

            migrationBuilder.DropIndex(
                name: "IX_requests_service_request_DeletionDueAt",
                table: "requests_service_request");

            migrationBuilder.DropIndex(
                name: "IX_requests_reporter_contact_EmailIndex",
                table: "requests_reporter_contact");

            migrationBuilder.DropIndex(
                name: "IX_requests_reporter_contact_PhoneIndex",
                table: "requests_reporter_contact");

            migrationBuilder.DropColumn(
                name: "AnonymisedAt",
                table: "requests_service_request");

            migrationBuilder.DropColumn(
                name: "AreTextsMasked",
                table: "requests_service_request");

            migrationBuilder.DropColumn(
                name: "DeletionDueAt",
                table: "requests_service_request");

            migrationBuilder.DropColumn(
                name: "EmailIndex",
                table: "requests_reporter_contact");

            migrationBuilder.DropColumn(
                name: "Home",
                table: "requests_reporter_contact");

            migrationBuilder.DropColumn(
                name: "Other",
                table: "requests_reporter_contact");

            migrationBuilder.DropColumn(
                name: "PhoneIndex",
                table: "requests_reporter_contact");

            migrationBuilder.DropColumn(
                name: "SealedEmail",
                table: "requests_reporter_contact");

            migrationBuilder.DropColumn(
                name: "SealedName",
                table: "requests_reporter_contact");

            migrationBuilder.DropColumn(
                name: "SealedPhone",
                table: "requests_reporter_contact");
        }
    }
}
