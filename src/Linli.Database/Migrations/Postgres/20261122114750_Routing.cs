using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Linli.Database.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Routing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Sectors",
                table: "requests_service_type",
                type: "character varying(40000)",
                maxLength: 40000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Sectors",
                table: "requests_service_group",
                type: "character varying(40000)",
                maxLength: 40000,
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<TimeOnly>(
                name: "HoursFrom",
                table: "requests_responsibility",
                type: "time without time zone",
                nullable: true);

            migrationBuilder.AddColumn<TimeOnly>(
                name: "HoursUntil",
                table: "requests_responsibility",
                type: "time without time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Site",
                table: "requests_responsibility",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "requests_routing_model",
                columns: table => new
                {
                    Version = table.Column<int>(type: "integer", nullable: false),
                    TrainedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Texts = table.Column<int>(type: "integer", nullable: false),
                    File = table.Column<byte[]>(type: "bytea", nullable: false),
                    Comparison = table.Column<string>(type: "character varying(40000)", maxLength: 40000, nullable: false),
                    IsInUse = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_routing_model", x => x.Version);
                });

            migrationBuilder.CreateTable(
                name: "requests_suggestion",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    RequestId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Stage = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Actor = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ActorId = table.Column<Guid>(type: "uuid", nullable: false),
                    Suggested = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Confidence = table.Column<double>(type: "double precision", nullable: true),
                    Chosen = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Why = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Model = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_suggestion", x => x.Id);
                    table.ForeignKey(
                        name: "FK_requests_suggestion_requests_service_request_RequestId",
                        column: x => x.RequestId,
                        principalTable: "requests_service_request",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_requests_suggestion_At",
                table: "requests_suggestion",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_requests_suggestion_RequestId",
                table: "requests_suggestion",
                column: "RequestId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "requests_routing_model");

            migrationBuilder.DropTable(
                name: "requests_suggestion");

            migrationBuilder.DropColumn(
                name: "Sectors",
                table: "requests_service_type");

            migrationBuilder.DropColumn(
                name: "Sectors",
                table: "requests_service_group");

            migrationBuilder.DropColumn(
                name: "HoursFrom",
                table: "requests_responsibility");

            migrationBuilder.DropColumn(
                name: "HoursUntil",
                table: "requests_responsibility");

            migrationBuilder.DropColumn(
                name: "Site",
                table: "requests_responsibility");
        }
    }
}
