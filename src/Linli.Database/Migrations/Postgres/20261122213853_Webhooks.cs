using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Linli.Database.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Webhooks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "shell_webhook",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    Url = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    Types = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    AreaCode = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    ServiceTypes = table.Column<string>(type: "character varying(10000)", maxLength: 10000, nullable: true),
                    Reach = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Secret = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    PreviousSecret = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    PreviousUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    CreatedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    IsOn = table.Column<bool>(type: "boolean", nullable: false),
                    IsGivenUp = table.Column<bool>(type: "boolean", nullable: false),
                    FailingSince = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LastDeliveredAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shell_webhook", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "shell_webhook_delivery",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    WebhookId = table.Column<Guid>(type: "uuid", nullable: false),
                    EventId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Type = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    Subject = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    Order = table.Column<long>(type: "bigint", nullable: false),
                    Body = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    NextAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    SentBy = table.Column<Guid>(type: "uuid", nullable: true),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    DoneAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shell_webhook_delivery", x => x.Id);
                    table.ForeignKey(
                        name: "FK_shell_webhook_delivery_shell_webhook_WebhookId",
                        column: x => x.WebhookId,
                        principalTable: "shell_webhook",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "shell_webhook_try",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    DeliveryId = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Result = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Status = table.Column<int>(type: "integer", nullable: true),
                    Milliseconds = table.Column<int>(type: "integer", nullable: false),
                    Answer = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shell_webhook_try", x => x.Id);
                    table.ForeignKey(
                        name: "FK_shell_webhook_try_shell_webhook_delivery_DeliveryId",
                        column: x => x.DeliveryId,
                        principalTable: "shell_webhook_delivery",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_shell_webhook_delivery_SentBy",
                table: "shell_webhook_delivery",
                column: "SentBy");

            migrationBuilder.CreateIndex(
                name: "IX_shell_webhook_delivery_WebhookId_EventId",
                table: "shell_webhook_delivery",
                columns: new[] { "WebhookId", "EventId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_shell_webhook_delivery_WebhookId_State_NextAt",
                table: "shell_webhook_delivery",
                columns: new[] { "WebhookId", "State", "NextAt" });

            migrationBuilder.CreateIndex(
                name: "IX_shell_webhook_delivery_WebhookId_Subject_Order",
                table: "shell_webhook_delivery",
                columns: new[] { "WebhookId", "Subject", "Order" });

            migrationBuilder.CreateIndex(
                name: "IX_shell_webhook_try_DeliveryId_At",
                table: "shell_webhook_try",
                columns: new[] { "DeliveryId", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "shell_webhook_try");

            migrationBuilder.DropTable(
                name: "shell_webhook_delivery");

            migrationBuilder.DropTable(
                name: "shell_webhook");
        }
    }
}
