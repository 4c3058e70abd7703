using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linli.Database.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class AuditChain : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "Mac",
                table: "kernel_audit_entry",
                type: "bytea",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "kernel_audit_checkpoint",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    Hash = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Count = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    KeyId = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Signature = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_audit_checkpoint", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "kernel_audit_head",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    Hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    KeyId = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    EntriesFrom = table.Column<long>(type: "bigint", nullable: false),
                    LinksFrom = table.Column<long>(type: "bigint", nullable: false),
                    Mac = table.Column<byte[]>(type: "bytea", nullable: false),
                    TopEntryId = table.Column<long>(type: "bigint", nullable: false),
                    SettledId = table.Column<long>(type: "bigint", nullable: false),
                    AwaitedId = table.Column<long>(type: "bigint", nullable: false),
                    AwaitedWriter = table.Column<long>(type: "bigint", nullable: false),
                    AwaitedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_audit_head", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "kernel_audit_link",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    EntryId = table.Column<long>(type: "bigint", nullable: false),
                    Hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    Mac = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_audit_link", x => x.Sequence);
                });

            migrationBuilder.InsertData(
                table: "kernel_audit_head",
                columns: new[] { "Id", "At", "AwaitedAt", "AwaitedId", "AwaitedWriter", "EntriesFrom", "Hash", "KeyId", "LinksFrom", "Mac", "Sequence", "SettledId", "TopEntryId" },
                values: new object[] { 1, new DateTimeOffset(new DateTime(1970, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)), new DateTimeOffset(new DateTime(1970, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)), 0L, 0L, 0L, new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, "", 0L, new byte[0], 0L, 0L, 0L });

            migrationBuilder.CreateIndex(
                name: "IX_kernel_audit_entry_ActorId_Id",
                table: "kernel_audit_entry",
                columns: new[] { "ActorId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_kernel_audit_entry_Subject_Id",
                table: "kernel_audit_entry",
                columns: new[] { "Subject", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_kernel_audit_entry_Verb_Id",
                table: "kernel_audit_entry",
                columns: new[] { "Verb", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_kernel_audit_link_EntryId",
                table: "kernel_audit_link",
                column: "EntryId",
                unique: true);

            // Nobody changes what was written, the product included.
            migrationBuilder.Sql("""
                create function kernel_audit_refuse() returns trigger language plpgsql as
                $$ begin raise exception 'The audit log is append-only: % on % is refused', tg_op, tg_table_name; end $$
                """);
            foreach (var table in new[] { "entry", "link", "checkpoint" })
            {
                migrationBuilder.Sql($"create trigger kernel_audit_{table}_no_update before update on kernel_audit_{table} for each row execute function kernel_audit_refuse()");
                migrationBuilder.Sql($"create trigger kernel_audit_{table}_no_delete before delete on kernel_audit_{table} for each row execute function kernel_audit_refuse()");
                migrationBuilder.Sql($"create trigger kernel_audit_{table}_no_truncate before truncate on kernel_audit_{table} for each statement execute function kernel_audit_refuse()");
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop function if exists kernel_audit_refuse() cascade");

            migrationBuilder.DropTable(
                name: "kernel_audit_checkpoint");

            migrationBuilder.DropTable(
                name: "kernel_audit_head");

            migrationBuilder.DropTable(
                name: "kernel_audit_link");

            migrationBuilder.DropIndex(
                name: "IX_kernel_audit_entry_ActorId_Id",
                table: "kernel_audit_entry");

            migrationBuilder.DropIndex(
                name: "IX_kernel_audit_entry_Subject_Id",
                table: "kernel_audit_entry");

            migrationBuilder.DropIndex(
                name: "IX_kernel_audit_entry_Verb_Id",
                table: "kernel_audit_entry");

            migrationBuilder.DropColumn(
                name: "Mac",
                table: "kernel_audit_entry");
        }
    }
}
