using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linli.Database.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class InstalledCalendars : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<string>(
                name: "CalendarCode",
                table: "requests_service_type",
                type: "TEXT",
                maxLength: 400,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "TEXT",
                oldMaxLength: 400);

            migrationBuilder.AddColumn<int>(
                name: "ClockRevision",
                table: "requests_service_request",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "IsNextDueTentative",
                table: "requests_service_request",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "CalendarMark",
                table: "requests_clock",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "IsTentative",
                table: "requests_clock",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "CalendarCode",
                table: "kernel_organisation",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "kernel_calendar_version",
                columns: table => new
                {
                    Code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    ById = table.Column<Guid>(type: "TEXT", nullable: false),
                    ByName = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    WhatZh = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    WhatEn = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Layer = table.Column<string>(type: "TEXT", maxLength: 1000000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_calendar_version", x => new { x.Code, x.Version });
                });

            migrationBuilder.CreateTable(
                name: "requests_clock_move",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    RequestId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ClockId = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    Before = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    After = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    BreachWithdrawn = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true),
                    ToldAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: true),
                    Telling = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_clock_move", x => x.Id);
                    table.ForeignKey(
                        name: "FK_requests_clock_move_requests_clock_ClockId",
                        column: x => x.ClockId,
                        principalTable: "requests_clock",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_requests_clock_State_CalendarCode_CalendarMark",
                table: "requests_clock",
                columns: new[] { "State", "CalendarCode", "CalendarMark" });

            migrationBuilder.CreateIndex(
                name: "IX_kernel_calendar_version_At",
                table: "kernel_calendar_version",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_requests_clock_move_ClockId",
                table: "requests_clock_move",
                column: "ClockId");

            migrationBuilder.CreateIndex(
                name: "IX_requests_clock_move_Telling",
                table: "requests_clock_move",
                column: "Telling");

            migrationBuilder.CreateIndex(
                name: "IX_requests_clock_move_ToldAt",
                table: "requests_clock_move",
                column: "ToldAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "kernel_calendar_version");

            migrationBuilder.DropTable(
                name: "requests_clock_move");

            migrationBuilder.DropIndex(
                name: "IX_requests_clock_State_CalendarCode_CalendarMark",
                table: "requests_clock");

            migrationBuilder.DropColumn(
                name: "ClockRevision",
                table: "requests_service_request");

            migrationBuilder.DropColumn(
                name: "IsNextDueTentative",
                table: "requests_service_request");

            migrationBuilder.DropColumn(
                name: "CalendarMark",
                table: "requests_clock");

            migrationBuilder.DropColumn(
                name: "IsTentative",
                table: "requests_clock");

            migrationBuilder.DropColumn(
                name: "CalendarCode",
                table: "kernel_organisation");

            migrationBuilder.AlterColumn<string>(
                name: "CalendarCode",
                table: "requests_service_type",
                type: "TEXT",
                maxLength: 400,
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "TEXT",
                oldMaxLength: 400,
                oldNullable: true);
        }
    }
}
