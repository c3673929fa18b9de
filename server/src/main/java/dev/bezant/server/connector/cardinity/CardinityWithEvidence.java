package dev.bezant.server.connector.cardinity;

import dev.bezant.cardinity.CardinityClient;
import dev.bezant.cardinity.Chargeback;
import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.Client;
import dev.bezant.sdk.http.Communicator;
import dev.bezant.sdk.http.Paths;
import dev.bezant.sdk.http.WireResponse;
import dev.bezant.sdk.json.JsonFields;
import dev.bezant.sdk.json.MalformedJsonException;
import dev.bezant.server.connector.ProviderJournal;
import dev.bezant.server.connector.TakesEvidence;
import dev.bezant.server.connector.sdk.JournalLogger;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Cardinity in test mode, where the simulator stands for the people who take evidence. The real service takes none through its API.
 *
 * @see "docs/guide/sandbox.md, Evidence"
 */
final class CardinityWithEvidence extends CardinityConnector implements TakesEvidence {
    private final CardinityConfig config;
    private final Desk desk;

    CardinityWithEvidence(CardinityConfig config, URI evidenceUrl, ProviderJournal.Line journal) {
        super(config, journal);
        this.config = config;
        this.desk = new Desk(client(config).baseUrl(evidenceUrl).buildCommunicator());
        desk.enableLogging(new JournalLogger(journal));
    }

    @Override
    public Handover submit(Evidence evidence) {
        List<Map<String, Object>> files = evidence.documents().stream()
                .map(it -> Map.<String, Object>of("field", it.field(), "name", it.fileName(), "size", it.content().length))
                .toList();
        var request = ApiRequest.post(Paths.of("chargebacks", evidence.providerDisputeId(), "evidence"),
                Map.of("evidence", evidence.texts(), "files", files), CallContext.none());
        try {
            return desk.call(request, (wire, response) -> answer(response));
        } catch (SdkException e) {
            return new Handover.Unknown(e.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        desk.close();
        super.close();
    }

    private Handover answer(WireResponse response) {
        if (response.status() == 400 || response.status() == 404) {
            return new Handover.Refused("The evidence was answered with " + response.status());
        }
        if (!response.isSuccess()) {
            return new Handover.Unknown("The evidence was answered with " + response.status());
        }
        JsonFields answer = JsonFields.of(desk.json(response));
        JsonFields read = answer.object("chargeback").orElseThrow(() -> new MalformedJsonException("chargeback is absent", null));
        var chargeback = new Chargeback(read.requiredText("id"), read.requiredDecimal("amount"), read.requiredText("currency"),
                Objects.requireNonNull(read.instant("created"), "created"), false, read.requiredText("parent_id"), read.requiredText("status"),
                read.text("reason"), read.text("description"));
        Optional<Boolean> won = switch (answer.requiredText("decision")) {
            case "won" -> Optional.of(true);
            case "lost" -> Optional.of(false);
            default -> Optional.empty();
        };
        return won.<Handover>flatMap(it -> CardinityDisputes.read(chargeback, config.disputeResponseDays()).map(now -> new Handover.Decided(now, it)))
                .orElseGet(Handover.Taken::new);
    }

    /** Signs like every call of the account. */
    private static final class Desk extends Client {
        Desk(Communicator communicator) {
            super(communicator, true);
        }

        JsonNode json(WireResponse response) {
            return communicator().marshaller().unmarshal(response.body(), JsonNode.class);
        }
    }
}
