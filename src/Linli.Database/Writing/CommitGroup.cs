using System.Data.Common;
using System.Threading.Channels;
using Linli.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Linli.Database.Writing;

/// <summary>
/// Takes whatever waits and writes it in one transaction, then takes what has come meanwhile: alone, a commit waits for nobody; the busier it is, the
/// larger the groups.
/// </summary>
internal sealed class CommitGroup : IAsyncDisposable
{
    /// <summary>More would make the first of them wait for the last, while nobody composes the next ones.</summary>
    private const int Largest = 24;
    private readonly Channel<Waiting> _waiting = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private readonly IRowWriter _writer;
    private readonly Pressure _pressure;
    private readonly Task _running;

    public CommitGroup(IRowWriter writer, Pressure pressure)
    {
        (_writer, _pressure) = (writer, pressure);
        _running = Task.Run(RunAsync);
    }

    /// <exception cref="DbUpdateException">The database refuses one of these rows; none of them is written.</exception>
    public Task WriteAsync(List<PlannedRow> rows)
    {
        var waiting = new Waiting(rows, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        return _waiting.Writer.TryWrite(waiting) ? waiting.Done.Task : Task.FromException(new ObjectDisposedException(nameof(CommitGroup)));
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _running;
        await _writer.DisposeAsync();
    }

    private async Task RunAsync()
    {
        var group = new List<Waiting>(Largest);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (group.Count < Largest && _waiting.Reader.TryRead(out var next))
            {
                group.Add(next);
            }

            await WriteAsync(group);
            _pressure.Note(group.Count);
            group.Clear();
        }
    }

    private async Task WriteAsync(List<Waiting> group)
    {
        try
        {
            await _writer.WriteAsync([.. group.SelectMany(w => w.Rows).OrderBy(r => r.Plan.Rank)]);
            group.ForEach(w => w.Done.TrySetResult());
        }
        catch (Exception) when (group.Count > 1)
        {
            // One of them is refused, and nothing is written. By halves until it is alone: the others are not to blame.
            await WriteAsync(group[..(group.Count / 2)]);
            await WriteAsync(group[(group.Count / 2)..]);
        }
        catch (DbException exception)
        {
            group[0].Done.TrySetException(new DbUpdateException("The database refused a row.", exception));
        }
#pragma warning disable CA1031 // Whatever it is belongs to the caller who waits; the loop goes on for the others.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            group[0].Done.TrySetException(exception);
        }
    }

    private sealed record Waiting(List<PlannedRow> Rows, TaskCompletionSource Done);
}
