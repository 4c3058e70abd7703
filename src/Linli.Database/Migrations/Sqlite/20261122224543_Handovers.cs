using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linli.Database.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Handovers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "requests_partner",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    OrganisationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Url = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Jurisdiction = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Key = table.Column<string>(type: "TEXT", nullable: true),
                    Services = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    SendsContact = table.Column<bool>(type: "INTEGER", nullable: false),
                    KnowsRepeats = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsActive = table.Column<bool>(type: "INTEGER", nullable: false),
                    ChangedAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_partner", x => x.Id);
                    table.ForeignKey(
                        name: "FK_requests_partner_kernel_organisation_OrganisationId",
                        column: x => x.OrganisationId,
                        principalTable: "kernel_organisation",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "requests_handover",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    RequestId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PartnerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    EventSequence = table.Column<int>(type: "INTEGER", nullable: false),
                    ServiceCode = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Mark = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    CreatedAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    FirstAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true),
                    LastAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true),
                    NextAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    MayHaveArrived = table.Column<bool>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    TheirWords = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    ExternalId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Token = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    ExternalStatus = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    SentAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true),
                    SeenAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_handover", x => x.Id);
                    table.ForeignKey(
                        name: "FK_requests_handover_requests_partner_PartnerId",
                        column: x => x.PartnerId,
                        principalTable: "requests_partner",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_requests_handover_requests_service_request_RequestId",
                        column: x => x.RequestId,
                        principalTable: "requests_service_request",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_requests_service_request_IsPublished_UpdatedAt",
                table: "requests_service_request",
                columns: new[] { "IsPublished", "UpdatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_requests_handover_PartnerId",
                table: "requests_handover",
                column: "PartnerId");

            migrationBuilder.CreateIndex(
                name: "IX_requests_handover_RequestId_EventSequence",
                table: "requests_handover",
                columns: new[] { "RequestId", "EventSequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_requests_handover_State_NextAt",
                table: "requests_handover",
                columns: new[] { "State", "NextAt" });

            migrationBuilder.CreateIndex(
                name: "IX_requests_partner_OrganisationId",
                table: "requests_partner",
                column: "OrganisationId",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "requests_handover");

            migrationBuilder.DropTable(
                name: "requests_partner");

            migrationBuilder.DropIndex(
                name: "IX_requests_service_request_IsPublished_UpdatedAt",
                table: "requests_service_request");
        }
    }
}
