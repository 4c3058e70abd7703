using Linli.Kernel.Areas;
using Linli.Kernel.Audit;
using Linli.Kernel.Clocks;
using Linli.Kernel.Evidence;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Kernel.Places;
using Linli.Kernel.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Linli.Kernel;

/// <summary>The tables that every module may point at.</summary>
public sealed class KernelModel : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        EvidenceFile.Configure(model);
        KnownKey.Configure(model);
        AuditModel.Configure(model);
        model.Entity<ChangeStamp>(stamp =>
        {
            stamp.ToTable("kernel_change_stamp");
            stamp.HasKey(s => s.Name);
        });
        model.Entity<CalendarVersion>(version =>
        {
            version.ToTable("kernel_calendar_version");
            version.HasKey(v => new { v.Code, v.Version });
            version.Property(v => v.Code).HasMaxLength(40);
            version.Property(v => v.WhatZh).HasMaxLength(2_000);
            version.Property(v => v.WhatEn).HasMaxLength(2_000);
            version.Property(v => v.Layer).HasMaxLength(CalendarEdits.LargestLayer);
            version.HasIndex(v => v.At);
        });
        model.Entity<OutboxMessage>(outbox =>
        {
            outbox.ToTable("kernel_outbox_message");
            outbox.Property(m => m.Payload).HasMaxLength(2_000_000);   // one event may tell of thousands of clocks
            outbox.Property(m => m.LastError).HasMaxLength(4_000);
            outbox.Property(m => m.DoneBy).HasMaxLength(2_000);
            outbox.HasIndex(m => new { m.DoneAt, m.NextAt });
        });
        model.Entity<Area>(area =>
        {
            area.ToTable("kernel_area");
            area.HasKey(a => a.Code);
            area.Property(a => a.Code).HasMaxLength(20);
            area.Property(a => a.ParentCode).HasMaxLength(20);
            area.HasIndex(a => a.ChangedAt);
            area.HasOne<Area>().WithMany().HasForeignKey(a => a.ParentCode).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<NamedPlace>(place =>
        {
            place.ToTable("kernel_named_place");
            place.Property(p => p.Name).HasMaxLength(60);
            place.Property(p => p.Source).HasMaxLength(200);
            place.HasIndex(p => new { p.Name, p.AreaCode }).IsUnique();
            place.HasOne<Area>().WithMany().HasForeignKey(p => p.AreaCode).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Organisation>(organisation =>
        {
            organisation.ToTable("kernel_organisation");
            organisation.HasIndex(o => o.Code).IsUnique();
            organisation.HasIndex(o => o.CreditCode).IsUnique();
            organisation.Property(o => o.CalendarCode).HasMaxLength(40);
            organisation.HasOne<Organisation>().WithMany().HasForeignKey(o => o.ParentId).OnDelete(DeleteBehavior.Restrict);
            organisation.HasOne<Area>().WithMany().HasForeignKey(o => o.AreaCode).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Appointment>(appointment =>
        {
            appointment.ToTable("kernel_appointment");
            appointment.HasIndex(a => a.AccountId);
            appointment.HasIndex(a => a.DeputyOf);
            appointment.HasOne<Organisation>().WithMany().HasForeignKey(a => a.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
