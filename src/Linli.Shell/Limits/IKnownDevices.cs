using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Limits;

/// <summary>A module that recognises devices says which one calls, so that people behind one address do not use up each other's share.</summary>
public interface IKnownDevices
{
    /// <summary>A name that the device cannot make up; null for a device that was never here.</summary>
    string? Of(HttpContext context);
}
