using Linli.Kernel.Areas;
using Linli.Kernel.Evidence;
using Linli.Kernel.Organisations;
using Linli.Kernel.Privacy;
using Linli.Requests.Catalogue;
using Linli.Requests.Clocks;
using Linli.Requests.Floods;
using Linli.Requests.OpenData;
using Linli.Requests.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests;

/// <summary>The tables of the requests module.</summary>
internal static class RequestsModel
{
    public static void AddRequests(this ModelBuilder model)
    {
        model.Entity<OpenDataNight>(OpenDataNight.Map);
        model.Entity<ServiceRequest>(request =>
        {
            request.ToTable("requests_service_request");
            request.HasIndex(r => r.Number).IsUnique();
            request.HasIndex(r => r.IdempotencyHash).IsUnique();
            request.HasIndex(r => new { r.ExternalSource, r.ExternalId }).IsUnique();
            request.HasIndex(r => r.NextDueAt);
            request.HasIndex(r => new { r.State, r.NextDueAt });
            request.HasIndex(r => new { r.LeadOrganisationId, r.State, r.NextDueAt });
            request.HasIndex(r => new { r.AreaCode, r.State });
            request.HasIndex(r => new { r.IsPublished, r.ReportedAt });
            request.HasIndex(r => new { r.IsPublished, r.UpdatedAt });
            request.HasIndex(r => r.MergedIntoId);
            request.Property(r => r.Number).HasMaxLength(20);
            request.Property(r => r.Recused).HasMaxLength(2_000);
            request.Property(r => r.OldAboutPerson).HasColumnName("AboutPerson");   // the column of before sealing keeps its name
            request.Property(r => r.AboutPerson).HasColumnName("SealedAboutPerson");
            request.Property(r => r.AboutPersonIndex).HasMaxLength(BlindIndex.Length);
            request.Ignore(r => r.Matter);
            request.Property(r => r.Text).HasMaxLength(8_000);
            request.Property(r => r.Answers).HasMaxLength(20_000);
            request.Property(r => r.SearchText).HasMaxLength(12_000);
            request.Property(r => r.AreaCode).HasMaxLength(20);
            request.Property(r => r.Version).IsConcurrencyToken();
            request.Property(r => r.ClockRevision).IsConcurrencyToken();
            request.Property(r => r.Supporters).IsConcurrencyToken();   // a merge changes its lead by this alone
            request.HasOne<ServiceType>().WithMany().HasForeignKey(r => r.ServiceTypeCode).OnDelete(DeleteBehavior.Restrict);
            request.HasOne<Area>().WithMany().HasForeignKey(r => r.AreaCode).OnDelete(DeleteBehavior.Restrict);
            request.HasOne<Organisation>().WithMany().HasForeignKey(r => r.LeadOrganisationId).OnDelete(DeleteBehavior.Restrict);
            request.HasOne<Organisation>().WithMany().HasForeignKey(r => r.AboutOrganisationId).OnDelete(DeleteBehavior.Restrict);
            request.HasOne<ServiceRequest>().WithMany().HasForeignKey(r => r.MergedIntoId).OnDelete(DeleteBehavior.Restrict);
            request.HasMany(r => r.Events).WithOne().HasForeignKey(e => e.RequestId);
            request.HasMany(r => r.Clocks).WithOne().HasForeignKey(c => c.RequestId);
            request.HasMany(r => r.CoHandlers).WithOne().HasForeignKey(c => c.RequestId);
            request.HasMany(r => r.Offers).WithOne().HasForeignKey(o => o.RequestId);
            request.HasMany(r => r.Tasks).WithOne().HasForeignKey(t => t.RequestId);
            request.HasMany(r => r.TimeRequests).WithOne().HasForeignKey(e => e.RequestId);
            request.HasMany(r => r.Photos).WithOne().HasForeignKey(p => p.RequestId);
            request.HasMany(r => r.Originals).WithOne().HasForeignKey(o => o.RequestId);
            request.HasIndex(r => r.AreTextsMasked);
            request.HasIndex(r => r.AnonymisedAt);
            request.HasIndex(r => r.DeletionDueAt);
            request.HasOne(r => r.Contact).WithOne().HasForeignKey<ReporterContact>(c => c.RequestId);
        });
        model.Entity<RequestEvent>(written =>
        {
            written.ToTable("requests_event");
            written.HasIndex(e => new { e.RequestId, e.Sequence }).IsUnique();
            written.HasIndex(e => e.At);
            written.Property(e => e.Text).HasMaxLength(8_000);
            written.Property(e => e.InternalText).HasMaxLength(8_000);
            written.Property(e => e.Details).HasMaxLength(8_000);
        });
        model.Entity<RequestClock>(clock =>
        {
            clock.ToTable("requests_clock");
            clock.Property(c => c.Id).ValueGeneratedNever();
            clock.HasIndex(c => c.RequestId);
            clock.HasIndex(c => new { c.State, c.BreachedAt, c.Kind, c.DueAt });
            clock.HasIndex(c => new { c.State, c.WarnedAt, c.Kind, c.WarnAt });
            clock.Property(c => c.WarnedAt).IsConcurrencyToken();
            clock.Property(c => c.BreachedAt).IsConcurrencyToken();
            clock.Property(c => c.State).IsConcurrencyToken();
            clock.HasIndex(c => new { c.State, c.CalendarCode, c.CalendarMark });
            clock.Property(c => c.CalendarMark).HasMaxLength(40).IsConcurrencyToken();
            clock.HasMany(c => c.Entries).WithOne().HasForeignKey(e => e.ClockId);
        });
        model.Entity<ClockEntry>().ToTable("requests_clock_entry");
        model.Entity<ClockMove>(move =>
        {
            move.ToTable("requests_clock_move");
            move.HasIndex(m => m.ClockId);
            move.HasIndex(m => m.ToldAt);
            move.HasIndex(m => m.Telling);
            move.HasOne<RequestClock>().WithMany().HasForeignKey(m => m.ClockId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<CoHandler>(helper =>
        {
            helper.ToTable("requests_co_handler");
            helper.HasKey(c => new { c.RequestId, c.OrganisationId });
            helper.HasIndex(c => c.OrganisationId);
            helper.HasOne<Organisation>().WithMany().HasForeignKey(c => c.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<RequestOffer>(offer =>
        {
            offer.ToTable("requests_offer");
            offer.HasIndex(o => new { o.OrganisationId, o.EndedAt });
            offer.HasOne<Organisation>().WithMany().HasForeignKey(o => o.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<RequestTask>(task =>
        {
            task.ToTable("requests_task");
            task.Property(t => t.Id).ValueGeneratedNever();
            task.Property(t => t.Result).HasMaxLength(8_000);
            task.HasIndex(t => new { t.OrganisationId, t.DoneAt });
            task.HasOne<Organisation>().WithMany().HasForeignKey(t => t.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<TimeRequest>(asked =>
        {
            asked.ToTable("requests_time_request");
            asked.Property(e => e.Id).ValueGeneratedNever();
            asked.Property(e => e.Kind).HasDefaultValue(TimeRequestKind.Extension);
            asked.Property(e => e.Reason).HasMaxLength(8_000);
        });
        model.Entity<RequestPhoto>(photo =>
        {
            photo.ToTable("requests_photo");
            photo.HasKey(p => new { p.RequestId, p.EvidenceId });
            photo.HasIndex(p => p.EvidenceId);
            photo.HasOne<EvidenceFile>().WithMany().HasForeignKey(p => p.EvidenceId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ReporterContact>(contact =>
        {
            contact.ToTable("requests_reporter_contact");
            contact.HasKey(c => c.RequestId);

            // The columns of before sealing keep their names.
            contact.Property(c => c.OldName).HasColumnName("Name");
            contact.Property(c => c.OldPhone).HasColumnName("Phone");
            contact.Property(c => c.OldEmail).HasColumnName("Email");
            contact.Property(c => c.Name).HasColumnName("SealedName");
            contact.Property(c => c.Phone).HasColumnName("SealedPhone");
            contact.Property(c => c.Email).HasColumnName("SealedEmail");
            contact.Property(c => c.PhoneIndex).HasMaxLength(BlindIndex.Length);
            contact.Property(c => c.EmailIndex).HasMaxLength(BlindIndex.Length);
            contact.HasIndex(c => c.PhoneIndex);
            contact.HasIndex(c => c.EmailIndex);
        });
        model.Entity<ReportOrigin>(origin =>
        {
            origin.ToTable("requests_report_origin");
            origin.HasKey(o => o.RequestId);
            origin.HasIndex(o => o.At);
            origin.Property(o => o.Neighbourhood).HasMaxLength(BlindIndex.Length);
            origin.HasOne<ServiceRequest>().WithOne().HasForeignKey<ReportOrigin>(o => o.RequestId).OnDelete(DeleteBehavior.Cascade);
        });
        model.AddRequestPrivacy();
    }
}
