using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Linli.Database.Migrations.Postgres
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
                    Code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    ParentCode = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    Level = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    NameEn = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    FullName = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Longitude = table.Column<double>(type: "double precision", nullable: true),
                    Latitude = table.Column<double>(type: "double precision", nullable: true),
                    Boundary = table.Column<byte[]>(type: "bytea", nullable: true),
                    Source = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    IsDemoShape = table.Column<bool>(type: "boolean", nullable: false),
                    EndedOn = table.Column<DateOnly>(type: "date", nullable: true),
                    ChangedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
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
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Actor = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ActorId = table.Column<Guid>(type: "uuid", nullable: false),
                    Verb = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Subject = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Reason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    Changes = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_audit_entry", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "kernel_change_stamp",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Value = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_change_stamp", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "kernel_evidence_file",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    ContentType = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Length = table.Column<long>(type: "bigint", nullable: false),
                    Width = table.Column<int>(type: "integer", nullable: true),
                    Height = table.Column<int>(type: "integer", nullable: true),
                    OriginalName = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true),
                    UploadedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    UploadedByKind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    UploadedById = table.Column<Guid>(type: "uuid", nullable: false),
                    ClaimedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_evidence_file", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "kernel_outbox_message",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Type = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Payload = table.Column<string>(type: "character varying(100000)", maxLength: 100000, nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DoneAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    DoneBy = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    NextAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    LastError = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_outbox_message", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "requests_reason_code",
                columns: table => new
                {
                    Kind = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Code = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    NameZh = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    NameEn = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    InsteadZh = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    InsteadEn = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    MaxDays = table.Column<int>(type: "integer", nullable: true),
                    NeedsApproval = table.Column<bool>(type: "boolean", nullable: false),
                    IsSolved = table.Column<bool>(type: "boolean", nullable: false),
                    Order = table.Column<int>(type: "integer", nullable: false),
                    IsActive = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_reason_code", x => new { x.Kind, x.Code });
                });

            migrationBuilder.CreateTable(
                name: "requests_service_group",
                columns: table => new
                {
                    Code = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    NameZh = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    NameEn = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Icon = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Order = table.Column<int>(type: "integer", nullable: false),
                    IsActive = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_service_group", x => x.Code);
                });

            migrationBuilder.CreateTable(
                name: "shell_account",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    NameEn = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Language = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    IsActive = table.Column<bool>(type: "boolean", nullable: false),
                    CodeHash = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    CodeEndsAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    UserName = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    NormalizedUserName = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Email = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    NormalizedEmail = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    PasswordHash = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    SecurityStamp = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    ConcurrencyStamp = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    LockoutEnd = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LockoutEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    AccessFailedCount = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shell_account", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "shell_mail_out",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    To = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    Subject = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Body = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: false),
                    About = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    SentAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    GivenUpAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shell_mail_out", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "kernel_organisation",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Code = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    NameEn = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    ShortName = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ParentId = table.Column<Guid>(type: "uuid", nullable: true),
                    AreaCode = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    CreditCode = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    IsAllianceMember = table.Column<bool>(type: "boolean", nullable: false),
                    Offers = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Address = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Longitude = table.Column<double>(type: "double precision", nullable: true),
                    Latitude = table.Column<double>(type: "double precision", nullable: true),
                    Phone = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    IsActive = table.Column<bool>(type: "boolean", nullable: false)
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
                name: "requests_service_type",
                columns: table => new
                {
                    Code = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    GroupCode = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    NameZh = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    NameEn = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    DescriptionZh = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    DescriptionEn = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    Keywords = table.Column<string>(type: "character varying(40000)", maxLength: 40000, nullable: false),
                    KeywordsEn = table.Column<string>(type: "character varying(40000)", maxLength: 40000, nullable: false),
                    Urgency = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Visibility = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    AllowsAnonymous = table.Column<bool>(type: "boolean", nullable: false),
                    IsContactRequired = table.Column<bool>(type: "boolean", nullable: false),
                    IsSensitive = table.Column<bool>(type: "boolean", nullable: false),
                    Handling = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Evidence = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    VerifiesEvery = table.Column<bool>(type: "boolean", nullable: false),
                    VerificationShare = table.Column<double>(type: "double precision", nullable: false),
                    CalendarCode = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Rule = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Budgets = table.Column<string>(type: "character varying(40000)", maxLength: 40000, nullable: false),
                    Fields = table.Column<string>(type: "character varying(40000)", maxLength: 40000, nullable: false),
                    RetentionMonths = table.Column<int>(type: "integer", nullable: false),
                    Source = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    Order = table.Column<int>(type: "integer", nullable: false),
                    IsActive = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_service_type", x => x.Code);
                    table.ForeignKey(
                        name: "FK_requests_service_type_requests_service_group_GroupCode",
                        column: x => x.GroupCode,
                        principalTable: "requests_service_group",
                        principalColumn: "Code",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "shell_notice",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    AccountId = table.Column<Guid>(type: "uuid", nullable: false),
                    Text = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Values = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    Link = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Subject = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ReadAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    MessageId = table.Column<long>(type: "bigint", nullable: true),
                    Handler = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shell_notice", x => x.Id);
                    table.ForeignKey(
                        name: "FK_shell_notice_shell_account_AccountId",
                        column: x => x.AccountId,
                        principalTable: "shell_account",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "kernel_appointment",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    AccountId = table.Column<Guid>(type: "uuid", nullable: false),
                    Role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    OrganisationId = table.Column<Guid>(type: "uuid", nullable: true),
                    AreaCode = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    From = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
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

            migrationBuilder.CreateTable(
                name: "requests_responsibility",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ServiceTypeCode = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    GroupCode = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    AreaCode = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    OrganisationId = table.Column<Guid>(type: "uuid", nullable: false),
                    IsNightDuty = table.Column<bool>(type: "boolean", nullable: false),
                    From = table.Column<DateOnly>(type: "date", nullable: true),
                    Until = table.Column<DateOnly>(type: "date", nullable: true),
                    Source = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_responsibility", x => x.Id);
                    table.ForeignKey(
                        name: "FK_requests_responsibility_kernel_area_AreaCode",
                        column: x => x.AreaCode,
                        principalTable: "kernel_area",
                        principalColumn: "Code",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_requests_responsibility_kernel_organisation_OrganisationId",
                        column: x => x.OrganisationId,
                        principalTable: "kernel_organisation",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_requests_responsibility_requests_service_group_GroupCode",
                        column: x => x.GroupCode,
                        principalTable: "requests_service_group",
                        principalColumn: "Code",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_requests_responsibility_requests_service_type_ServiceTypeCo~",
                        column: x => x.ServiceTypeCode,
                        principalTable: "requests_service_type",
                        principalColumn: "Code",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "requests_service_request",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Title = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Text = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false),
                    ServiceTypeCode = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    AreaCode = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    Address = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Longitude = table.Column<double>(type: "double precision", nullable: true),
                    Latitude = table.Column<double>(type: "double precision", nullable: true),
                    Answers = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: false),
                    Channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ReportedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ReportedByAccount = table.Column<Guid>(type: "uuid", nullable: true),
                    SecretHash = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    IdempotencyHash = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    ExternalSource = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    ExternalId = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Visibility = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    IsPublished = table.Column<bool>(type: "boolean", nullable: false),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Interrupted = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    LeadOrganisationId = table.Column<Guid>(type: "uuid", nullable: true),
                    DispatchedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ReturnCount = table.Column<int>(type: "integer", nullable: false),
                    IsBinding = table.Column<bool>(type: "boolean", nullable: false),
                    MergedIntoId = table.Column<Guid>(type: "uuid", nullable: true),
                    AboutOrganisationId = table.Column<Guid>(type: "uuid", nullable: true),
                    ResultCode = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    ContactedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ResolvedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    NeedsVerification = table.Column<bool>(type: "boolean", nullable: false),
                    Grade = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    RatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ClosedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ReopenCount = table.Column<int>(type: "integer", nullable: false),
                    Supporters = table.Column<int>(type: "integer", nullable: false),
                    NextDueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    SearchText = table.Column<string>(type: "character varying(12000)", maxLength: 12000, nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_service_request", x => x.Id);
                    table.ForeignKey(
                        name: "FK_requests_service_request_kernel_area_AreaCode",
                        column: x => x.AreaCode,
                        principalTable: "kernel_area",
                        principalColumn: "Code",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_requests_service_request_kernel_organisation_AboutOrganisat~",
                        column: x => x.AboutOrganisationId,
                        principalTable: "kernel_organisation",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_requests_service_request_kernel_organisation_LeadOrganisati~",
                        column: x => x.LeadOrganisationId,
                        principalTable: "kernel_organisation",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_requests_service_request_requests_service_request_MergedInt~",
                        column: x => x.MergedIntoId,
                        principalTable: "requests_service_request",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_requests_service_request_requests_service_type_ServiceTypeC~",
                        column: x => x.ServiceTypeCode,
                        principalTable: "requests_service_type",
                        principalColumn: "Code",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "requests_clock",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    RequestId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Budget = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Rule = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    CalendarCode = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    StartedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    WarnAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    StoppedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    WarnedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    BreachedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_clock", x => x.Id);
                    table.ForeignKey(
                        name: "FK_requests_clock_requests_service_request_RequestId",
                        column: x => x.RequestId,
                        principalTable: "requests_service_request",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "requests_co_handler",
                columns: table => new
                {
                    RequestId = table.Column<Guid>(type: "uuid", nullable: false),
                    OrganisationId = table.Column<Guid>(type: "uuid", nullable: false),
                    SharePercent = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_co_handler", x => new { x.RequestId, x.OrganisationId });
                    table.ForeignKey(
                        name: "FK_requests_co_handler_kernel_organisation_OrganisationId",
                        column: x => x.OrganisationId,
                        principalTable: "kernel_organisation",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_requests_co_handler_requests_service_request_RequestId",
                        column: x => x.RequestId,
                        principalTable: "requests_service_request",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "requests_event",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    RequestId = table.Column<Guid>(type: "uuid", nullable: false),
                    Sequence = table.Column<int>(type: "integer", nullable: false),
                    Step = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    From = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    To = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Actor = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ActorId = table.Column<Guid>(type: "uuid", nullable: false),
                    ActorName = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    OrganisationId = table.Column<Guid>(type: "uuid", nullable: true),
                    ReasonCode = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Text = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: true),
                    InternalText = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: true),
                    Details = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_event", x => x.Id);
                    table.ForeignKey(
                        name: "FK_requests_event_requests_service_request_RequestId",
                        column: x => x.RequestId,
                        principalTable: "requests_service_request",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "requests_extension",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    RequestId = table.Column<Guid>(type: "uuid", nullable: false),
                    Amount = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    ReasonCode = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Reason = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false),
                    AskedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    AskedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    DecidedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    DecidedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    IsGranted = table.Column<bool>(type: "boolean", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_extension", x => x.Id);
                    table.ForeignKey(
                        name: "FK_requests_extension_requests_service_request_RequestId",
                        column: x => x.RequestId,
                        principalTable: "requests_service_request",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "requests_offer",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    RequestId = table.Column<Guid>(type: "uuid", nullable: false),
                    OrganisationId = table.Column<Guid>(type: "uuid", nullable: false),
                    OfferedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    IsClaimed = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_offer", x => x.Id);
                    table.ForeignKey(
                        name: "FK_requests_offer_kernel_organisation_OrganisationId",
                        column: x => x.OrganisationId,
                        principalTable: "kernel_organisation",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_requests_offer_requests_service_request_RequestId",
                        column: x => x.RequestId,
                        principalTable: "requests_service_request",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "requests_photo",
                columns: table => new
                {
                    RequestId = table.Column<Guid>(type: "uuid", nullable: false),
                    EvidenceId = table.Column<Guid>(type: "uuid", nullable: false),
                    EventSequence = table.Column<int>(type: "integer", nullable: false),
                    IsFromReporter = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_photo", x => new { x.RequestId, x.EvidenceId });
                    table.ForeignKey(
                        name: "FK_requests_photo_kernel_evidence_file_EvidenceId",
                        column: x => x.EvidenceId,
                        principalTable: "kernel_evidence_file",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_requests_photo_requests_service_request_RequestId",
                        column: x => x.RequestId,
                        principalTable: "requests_service_request",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "requests_reporter_contact",
                columns: table => new
                {
                    RequestId = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Phone = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Email = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Language = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_reporter_contact", x => x.RequestId);
                    table.ForeignKey(
                        name: "FK_requests_reporter_contact_requests_service_request_RequestId",
                        column: x => x.RequestId,
                        principalTable: "requests_service_request",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "requests_task",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    RequestId = table.Column<Guid>(type: "uuid", nullable: false),
                    OrganisationId = table.Column<Guid>(type: "uuid", nullable: false),
                    Title = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DoneAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Result = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_task", x => x.Id);
                    table.ForeignKey(
                        name: "FK_requests_task_kernel_organisation_OrganisationId",
                        column: x => x.OrganisationId,
                        principalTable: "kernel_organisation",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_requests_task_requests_service_request_RequestId",
                        column: x => x.RequestId,
                        principalTable: "requests_service_request",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "requests_clock_entry",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ClockId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Amount = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    ReasonCode = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    By = table.Column<Guid>(type: "uuid", nullable: false),
                    ApprovedBy = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_clock_entry", x => x.Id);
                    table.ForeignKey(
                        name: "FK_requests_clock_entry_requests_clock_ClockId",
                        column: x => x.ClockId,
                        principalTable: "requests_clock",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
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
                name: "IX_kernel_area_ChangedAt",
                table: "kernel_area",
                column: "ChangedAt");

            migrationBuilder.CreateIndex(
                name: "IX_kernel_area_ParentCode",
                table: "kernel_area",
                column: "ParentCode");

            migrationBuilder.CreateIndex(
                name: "IX_kernel_audit_entry_At",
                table: "kernel_audit_entry",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_kernel_evidence_file_ClaimedAt_UploadedAt",
                table: "kernel_evidence_file",
                columns: new[] { "ClaimedAt", "UploadedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_kernel_evidence_file_Sha256",
                table: "kernel_evidence_file",
                column: "Sha256");

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
                name: "IX_requests_clock_RequestId",
                table: "requests_clock",
                column: "RequestId");

            migrationBuilder.CreateIndex(
                name: "IX_requests_clock_State_BreachedAt_DueAt",
                table: "requests_clock",
                columns: new[] { "State", "BreachedAt", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_requests_clock_State_Kind_DueAt",
                table: "requests_clock",
                columns: new[] { "State", "Kind", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_requests_clock_State_WarnedAt_WarnAt",
                table: "requests_clock",
                columns: new[] { "State", "WarnedAt", "WarnAt" });

            migrationBuilder.CreateIndex(
                name: "IX_requests_clock_entry_ClockId",
                table: "requests_clock_entry",
                column: "ClockId");

            migrationBuilder.CreateIndex(
                name: "IX_requests_co_handler_OrganisationId",
                table: "requests_co_handler",
                column: "OrganisationId");

            migrationBuilder.CreateIndex(
                name: "IX_requests_event_At",
                table: "requests_event",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_requests_event_RequestId_Sequence",
                table: "requests_event",
                columns: new[] { "RequestId", "Sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_requests_extension_RequestId",
                table: "requests_extension",
                column: "RequestId");

            migrationBuilder.CreateIndex(
                name: "IX_requests_offer_OrganisationId_EndedAt",
                table: "requests_offer",
                columns: new[] { "OrganisationId", "EndedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_requests_offer_RequestId",
                table: "requests_offer",
                column: "RequestId");

            migrationBuilder.CreateIndex(
                name: "IX_requests_photo_EvidenceId",
                table: "requests_photo",
                column: "EvidenceId");

            migrationBuilder.CreateIndex(
                name: "IX_requests_responsibility_AreaCode",
                table: "requests_responsibility",
                column: "AreaCode");

            migrationBuilder.CreateIndex(
                name: "IX_requests_responsibility_GroupCode",
                table: "requests_responsibility",
                column: "GroupCode");

            migrationBuilder.CreateIndex(
                name: "IX_requests_responsibility_OrganisationId",
                table: "requests_responsibility",
                column: "OrganisationId");

            migrationBuilder.CreateIndex(
                name: "IX_requests_responsibility_ServiceTypeCode",
                table: "requests_responsibility",
                column: "ServiceTypeCode");

            migrationBuilder.CreateIndex(
                name: "IX_requests_service_request_AboutOrganisationId",
                table: "requests_service_request",
                column: "AboutOrganisationId");

            migrationBuilder.CreateIndex(
                name: "IX_requests_service_request_AreaCode_State",
                table: "requests_service_request",
                columns: new[] { "AreaCode", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_requests_service_request_ExternalSource_ExternalId",
                table: "requests_service_request",
                columns: new[] { "ExternalSource", "ExternalId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_requests_service_request_IdempotencyHash",
                table: "requests_service_request",
                column: "IdempotencyHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_requests_service_request_IsPublished_ReportedAt",
                table: "requests_service_request",
                columns: new[] { "IsPublished", "ReportedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_requests_service_request_LeadOrganisationId_State_NextDueAt",
                table: "requests_service_request",
                columns: new[] { "LeadOrganisationId", "State", "NextDueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_requests_service_request_MergedIntoId",
                table: "requests_service_request",
                column: "MergedIntoId");

            migrationBuilder.CreateIndex(
                name: "IX_requests_service_request_Number",
                table: "requests_service_request",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_requests_service_request_ServiceTypeCode",
                table: "requests_service_request",
                column: "ServiceTypeCode");

            migrationBuilder.CreateIndex(
                name: "IX_requests_service_request_State_NextDueAt",
                table: "requests_service_request",
                columns: new[] { "State", "NextDueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_requests_service_type_GroupCode",
                table: "requests_service_type",
                column: "GroupCode");

            migrationBuilder.CreateIndex(
                name: "IX_requests_task_OrganisationId_DoneAt",
                table: "requests_task",
                columns: new[] { "OrganisationId", "DoneAt" });

            migrationBuilder.CreateIndex(
                name: "IX_requests_task_RequestId",
                table: "requests_task",
                column: "RequestId");

            migrationBuilder.CreateIndex(
                name: "IX_shell_account_NormalizedUserName",
                table: "shell_account",
                column: "NormalizedUserName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_shell_mail_out_CreatedAt",
                table: "shell_mail_out",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_shell_notice_AccountId_ReadAt_Id",
                table: "shell_notice",
                columns: new[] { "AccountId", "ReadAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_shell_notice_MessageId_Handler_AccountId",
                table: "shell_notice",
                columns: new[] { "MessageId", "Handler", "AccountId" },
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
                name: "requests_clock_entry");

            migrationBuilder.DropTable(
                name: "requests_co_handler");

            migrationBuilder.DropTable(
                name: "requests_event");

            migrationBuilder.DropTable(
                name: "requests_extension");

            migrationBuilder.DropTable(
                name: "requests_offer");

            migrationBuilder.DropTable(
                name: "requests_photo");

            migrationBuilder.DropTable(
                name: "requests_reason_code");

            migrationBuilder.DropTable(
                name: "requests_reporter_contact");

            migrationBuilder.DropTable(
                name: "requests_responsibility");

            migrationBuilder.DropTable(
                name: "requests_task");

            migrationBuilder.DropTable(
                name: "shell_mail_out");

            migrationBuilder.DropTable(
                name: "shell_notice");

            migrationBuilder.DropTable(
                name: "requests_clock");

            migrationBuilder.DropTable(
                name: "kernel_evidence_file");

            migrationBuilder.DropTable(
                name: "shell_account");

            migrationBuilder.DropTable(
                name: "requests_service_request");

            migrationBuilder.DropTable(
                name: "kernel_organisation");

            migrationBuilder.DropTable(
                name: "requests_service_type");

            migrationBuilder.DropTable(
                name: "kernel_area");

            migrationBuilder.DropTable(
                name: "requests_service_group");
        }
    }
}
