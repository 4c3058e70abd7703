using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linli.Database.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class LargerMessages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {

        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {

        }
    }
}
