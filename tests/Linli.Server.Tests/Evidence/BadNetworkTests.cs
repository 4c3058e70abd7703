using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Linli.Kernel.Evidence;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Server.Tests.Evidence;

/// <summary>Whole telephones' photos over lines that break.</summary>
public sealed class BadNetworkTests
{
    [Fact]
    public async Task Photos_of_twelve_megapixels_arrive_over_a_line_that_drops_three_times()
    {
        await using var town = await Town.FoundAsync(new TownOptions { RealPort = true });
        await town.StartAsync();
        var photo = Pictures.WithPosition(Pictures.Grainy(4_000, 3_000));
        Assert.True(photo.Length > 2_000_000, $"{photo.Length} bytes are too few for a photo of a telephone");
        await using var line = new CuttingLine(town.Address, after: photo.Length * 3 / 10, cuts: 3);
        using var phone = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(line.Address) };
        phone.DefaultRequestHeaders.Add("X-Linli", "1");

        var address = (await phone.SendAsync(Begin(photo.Length), TestContext.Current.CancellationToken)).Headers.Location!.ToString();
        var (offset, drops) = (0, 0);
        var offsets = new List<int>();
        while (offset < photo.Length)
        {
            try
            {
                using var sent = await phone.SendAsync(Piece(address, offset, photo[offset..]), TestContext.Current.CancellationToken);
                offset = sent.IsSuccessStatusCode ? Offset(sent) : await AskAsync(phone, address);
            }
            catch (HttpRequestException)
            {
                drops++;
                offset = await AskAsync(phone, address);
                offsets.Add(offset);
            }
        }

        var taken = await phone.PutAsync($"{address}/evidence", null, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, 3, 0), (taken.StatusCode, drops, line.Left));
        Assert.True(line.Carried < photo.Length * 3 / 2, $"{line.Carried} bytes went up for {photo.Length}: it began anew instead of going on ({string.Join(", ", offsets)})");
        var file = await town.ReadAsync(db => db.Set<EvidenceFile>().AsNoTracking().SingleAsync());
        Assert.Equal((2_048, 1_536), (file.Width, file.Height));
        Assert.Equal([$"{file.Sha256[..2]}/{file.Sha256[2..]}", $"{file.Sha256[..2]}/{file.Sha256[2..]}.thumb"], town.Stored().Where(n => !n.EndsWith(".json", StringComparison.Ordinal)));

        using var again = JsonDocument.Parse(await (await phone.PutAsync($"{address}/evidence", null, TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(file.Id, again.RootElement.GetProperty("id").GetGuid());
    }

    private static async Task<int> AskAsync(HttpClient phone, string address) =>
        Offset(await phone.SendAsync(new HttpRequestMessage(HttpMethod.Head, address), TestContext.Current.CancellationToken));

    private static HttpRequestMessage Begin(int length)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/evidence/uploads");
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Length", $"{length}");
        return request;
    }

    private static HttpRequestMessage Piece(string address, int offset, byte[] bytes)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, address) { Content = new ByteArrayContent(bytes) };
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Offset", $"{offset}");
        request.Headers.ExpectContinue = true; // no bytes for nothing while the server still writes down what came before
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        return request;
    }

    private static int Offset(HttpResponseMessage answer) => int.Parse(answer.Headers.GetValues("Upload-Offset").Single(), null);
}
