using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linli.Database.Migrations.Sqlite
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Url = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Types = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    AreaCode = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    ServiceTypes = table.Column<string>(type: "TEXT", maxLength: 10000, nullable: true),
                    Reach = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Secret = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    PreviousSecret = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    PreviousUntil = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true),
                    CreatedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    Since = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    IsOn = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsGivenUp = table.Column<bool>(type: "INTEGER", nullable: false),
                    FailingSince = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true),
                    LastDeliveredAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shell_webhook", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "shell_webhook_delivery",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    WebhookId = table.Column<Guid>(type: "TEXT", nullable: false),
                    EventId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Type = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Order = table.Column<long>(type: "INTEGER", nullable: false),
                    Body = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: false),
                    CreatedAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    NextAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    SentBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    DoneAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true)
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
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    DeliveryId = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    Result = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: true),
                    Milliseconds = table.Column<int>(type: "INTEGER", nullable: false),
                    Answer = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true)
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
