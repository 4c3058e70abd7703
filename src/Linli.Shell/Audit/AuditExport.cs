namespace Linli.Shell.Audit;
internal static class AuditExport { public const string Verb = "audit.export"; }
