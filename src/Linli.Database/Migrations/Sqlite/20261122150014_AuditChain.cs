using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linli.Database.Migrations.Sqlite
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
                type: "BLOB",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "kernel_audit_checkpoint",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Count = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    KeyId = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Signature = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_audit_checkpoint", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "kernel_audit_head",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false),
                    KeyId = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    EntriesFrom = table.Column<long>(type: "INTEGER", nullable: false),
                    LinksFrom = table.Column<long>(type: "INTEGER", nullable: false),
                    Mac = table.Column<byte[]>(type: "BLOB", nullable: false),
                    TopEntryId = table.Column<long>(type: "INTEGER", nullable: false),
                    SettledId = table.Column<long>(type: "INTEGER", nullable: false),
                    AwaitedId = table.Column<long>(type: "INTEGER", nullable: false),
                    AwaitedWriter = table.Column<long>(type: "INTEGER", nullable: false),
                    AwaitedAt = table.Column<string>(type: "TEXT", maxLength: 28, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_audit_head", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "kernel_audit_link",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    EntryId = table.Column<long>(type: "INTEGER", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Mac = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_audit_link", x => x.Sequence);
                });

            migrationBuilder.InsertData(
                table: "kernel_audit_head",
                columns: new[] { "Id", "At", "AwaitedAt", "AwaitedId", "AwaitedWriter", "EntriesFrom", "Hash", "KeyId", "LinksFrom", "Mac", "Sequence", "SettledId", "TopEntryId" },
                values: new object[] { 1, "1970-01-01T00:00:00.0000000Z", "1970-01-01T00:00:00.0000000Z", 0L, 0L, 0L, new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, "", 0L, new byte[0], 0L, 0L, 0L });

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
            foreach (var (table, key) in new[] { ("entry", "Id"), ("link", "Sequence"), ("checkpoint", "Sequence") })
            {
                migrationBuilder.Sql($"create trigger kernel_audit_{table}_no_update before update on kernel_audit_{table} begin select raise(abort, 'The audit log is append-only'); end");
                migrationBuilder.Sql($"create trigger kernel_audit_{table}_no_delete before delete on kernel_audit_{table} begin select raise(abort, 'The audit log is append-only'); end");

                // "insert or replace" deletes without firing the trigger above.
                migrationBuilder.Sql(
                    $"create trigger kernel_audit_{table}_no_replace before insert on kernel_audit_{table} when exists (select 1 from kernel_audit_{table} where \"{key}\" = new.\"{key}\") "
                    + "begin select raise(abort, 'The audit log is append-only'); end");
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop trigger if exists kernel_audit_entry_no_update; drop trigger if exists kernel_audit_entry_no_delete; drop trigger if exists kernel_audit_entry_no_replace");

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
