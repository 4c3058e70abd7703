using Linli.Kernel.People;
using Linli.Kernel.Privacy;
using Linli.Requests.Steps;

namespace Linli.Requests.Privacy;

/// <summary>How to reach a reporter, in the open: held in memory while it is needed and never written anywhere.</summary>
public sealed record OpenContact(string? Name, string? Phone, string? Email, string? Home, string? Other)
{
    public OpenContact ToMasked() => new(PersonalMask.Name(Name), PersonalMask.Phone(Phone), PersonalMask.Email(Email), PersonalMask.Whole(Home), PersonalMask.Whole(Other));

    /// <summary>Nothing of it in logs.</summary>
    public override string ToString() => nameof(OpenContact);
}

/// <summary>Seals and opens <see cref="ReporterContact"/>, and the name of whom a request is about: the only way in and out.</summary>
internal sealed class ContactVault(FieldCipher cipher, BlindIndex index)
{
    /// <returns>Null when there is nothing to keep.</returns>
    public ReporterContact? Seal(Guid request, OpenContact given, string? language = null)
    {
        var (name, phone, email, home, other) = (Check.Clean(given.Name), Check.Clean(given.Phone), Check.Clean(given.Email), Check.Clean(given.Home), Check.Clean(given.Other));
        if ((name ?? phone ?? email ?? home ?? other) is null)
        {
            return null;
        }

        var contact = new ReporterContact { RequestId = request, Language = language == "en" ? "en" : "zh-CN" };
        Seal(contact, new OpenContact(name, phone, email, home, other));
        return contact;
    }

    public void Seal(ReporterContact contact, OpenContact given)
    {
        contact.Name = cipher.Seal(CellOf(contact, nameof(ReporterContact.Name)), given.Name);
        contact.Phone = cipher.Seal(CellOf(contact, nameof(ReporterContact.Phone)), given.Phone);
        contact.Email = cipher.Seal(CellOf(contact, nameof(ReporterContact.Email)), given.Email);
        contact.Home = cipher.Seal(CellOf(contact, nameof(ReporterContact.Home)), given.Home);
        contact.Other = cipher.Seal(CellOf(contact, nameof(ReporterContact.Other)), given.Other);
        (contact.PhoneIndex, contact.EmailIndex) = (index.OfPhone(given.Phone), index.OfEmail(given.Email));
    }

    public OpenContact Open(ReporterContact contact) => new(
        cipher.Open(CellOf(contact, nameof(ReporterContact.Name)), contact.Name), cipher.Open(CellOf(contact, nameof(ReporterContact.Phone)), contact.Phone),
        EmailOf(contact.RequestId, contact.Email), cipher.Open(CellOf(contact, nameof(ReporterContact.Home)), contact.Home),
        cipher.Open(CellOf(contact, nameof(ReporterContact.Other)), contact.Other));

    /// <summary>For a letter to the reporter.</summary>
    public string? EmailOf(Guid request, SealedText? email) => cipher.Open(Cell.Of<ReporterContact>(nameof(ReporterContact.Email), request), email);

    /// <summary>The member of staff that a request complains about.</summary>
    public void SealAbout(ServiceRequest request, string? name) =>
        (request.AboutPerson, request.AboutPersonIndex) = (cipher.Seal(Cell.Of<ServiceRequest>(nameof(ServiceRequest.AboutPerson), request.Id), Check.Clean(name)), index.OfName(name));

    public string? AboutOf(ServiceRequest request) => cipher.Open(Cell.Of<ServiceRequest>(nameof(ServiceRequest.AboutPerson), request.Id), request.AboutPerson);

    private static Cell CellOf(ReporterContact contact, string field) => Cell.Of<ReporterContact>(field, contact.RequestId);
}
