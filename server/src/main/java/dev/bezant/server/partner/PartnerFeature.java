package dev.bezant.server.partner;

import dev.bezant.server.connector.Connectors;
import dev.bezant.server.connector.ProviderAccounts;
import dev.bezant.server.database.Database;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.Envelope;
import dev.bezant.server.http.Idempotency;
import dev.bezant.server.http.RawRoute;
import dev.bezant.server.http.Route;
import dev.bezant.server.method.PaymentMethods;
import dev.bezant.server.webhook.inbound.Inbound;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Puts the package together. */
public final class PartnerFeature {
    /** Without the slash that the document's paths end in: both ways are served in place. */
    static final String BASE = "/api/integrations/corefy";
    /** The permission of its keys. */
    public static final String FAMILY = "integrations";

    private final Tools tools;
    private final Failures failures;
    private final View view;

    /** What it stands on. */
    public record Tools(Database database, Idempotency idempotency, Connectors connectors, ProviderAccounts accounts, PaymentMethods methods, Clock clock) {}

    public PartnerFeature(Tools tools) {
        this.tools = tools;
        this.view = new View(tools.database(), tools.methods());
        this.failures = new Failures(view);
    }

    /** @param ours the rest of the API, which does the work */
    public List<Route> routes(List<Route> ours) {
        var core = new Core(ours, tools.idempotency());
        var references = new References(tools.database(), core);
        var providers = new Providers(tools.connectors());
        var answers = new Answers(failures);
        var all = new ArrayList<Route>();
        all.addAll(new IntentRoutes(core, references, providers, view, answers, tools.clock()).routes());
        all.addAll(new RefundRoutes(core, references, view, answers).routes());
        all.addAll(new CustomerRoutes(new CustomerRoutes.Tools(tools.database(), core, references, tools.methods(), view, answers, tools.clock())).routes());
        all.addAll(new UtilityRoutes(core, providers, tools.clock()).routes());
        return all;
    }

    /** How its endpoints speak. */
    public Envelope envelope() {
        return failures;
    }

    /** Where callbacks of Corefy come in. */
    public List<RawRoute> doors(Inbound inbound) {
        return new CallbackDoor(tools.database(), tools.accounts(), inbound).routes();
    }

    static boolean isIntent(String paymentId) {
        return paymentId.startsWith("pi_");
    }

    /** A payment is told by its intent, or by the attempt that was paid. */
    static String intentId(Core core, ApiRequest request, String paymentId) {
        return isIntent(paymentId) ? paymentId : core.read(request, "GET /v1/charges/{id}", paymentId).path("payment_intent").asString();
    }
}
