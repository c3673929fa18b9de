package dev.bezant.sandbox.control;

import dev.bezant.sandbox.http.HttpHandler;
import dev.bezant.sandbox.http.HttpReply;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.provider.ControlException;
import dev.bezant.sandbox.provider.Provider;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.Ledger;
import dev.bezant.sandbox.world.LedgerEntry;
import dev.bezant.sandbox.world.MovementKind;
import dev.bezant.sandbox.world.RequestLog;
import dev.bezant.sandbox.world.World;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers {@code /control/...} on the sandbox's own port. */
public final class ControlApi implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ControlApi.class);
    private static final String PREFIX = "/control/";
    private static final int LIMIT_STANDARD = 100;
    private static final int LIMIT_MAX = 1000;

    private final World world;
    private final List<Site> sites;
    private final Runnable shutdown;
    private final FaultDesk faults;
    private final AccountDesk accounts;

    /**
     * @param shutdown stops the whole sandbox; called on a thread of its own after the answer
     */
    public ControlApi(World world, List<Site> sites, Runnable shutdown) {
        this.world = world;
        this.sites = sites;
        this.shutdown = shutdown;
        this.faults = new FaultDesk(world, sites);
        this.accounts = new AccountDesk(world, sites);
    }

    @Override
    public HttpReply handle(HttpRequest request) {
        return new HttpReply.Answer(answer(request));
    }

    private HttpResponse answer(HttpRequest request) {
        try {
            refuseStrangers(request);
            if (!request.path().startsWith(PREFIX)) {
                throw new ControlException(404, "This is the sandbox's control API; its paths begin with " + PREFIX);
            }
            return HttpResponse.json(200, Json.bytes(route(request, request.path().substring(PREFIX.length()))));
        } catch (ControlException e) {
            return error(e.status(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The control API could not answer {} {}", request.method(), request.path(), e);
            return error(500, "The sandbox failed: " + e.getMessage());
        }
    }

    private JsonNode route(HttpRequest request, String path) {
        return switch (request.method() + " " + path) {
            case "GET health" -> health();
            case "GET ledger" -> ledger(request);
            case "GET faults" -> faults.list();
            case "POST faults" -> faults.add(request);
            case "DELETE faults" -> {
                faults.removeAll();
                yield faults.list();
            }
            case "GET accounts" -> accounts.list(request);
            case "POST accounts" -> accounts.add(request);
            case "DELETE accounts" -> accounts.revoke(request);
            case "GET requests" -> requests(request);
            case "GET clock" -> clock();
            case "POST clock" -> moveClock(request);
            case "POST chargebacks" -> chargeback(request);
            case "POST complete" -> complete(request);
            case "POST reset" -> reset();
            case "POST shutdown" -> shutDown();
            default -> {
                if (request.method().equals("DELETE") && path.startsWith("faults/")) {
                    var id = path.substring("faults/".length());
                    faults.remove(id);
                    yield Json.object().put("id", id).put("deleted", true);
                }
                throw new ControlException(404, "There is no " + request.method() + " " + request.path());
            }
        };
    }

    /** A page that was opened in a browser could reach a loopback port under another name; it shall not control anything. */
    private static void refuseStrangers(HttpRequest request) {
        var host = request.header("host");
        var name = host == null ? "" : host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        if (!Set.of("127.0.0.1", "localhost", "[::1]").contains(name)) {
            throw new ControlException(403, "Use http://127.0.0.1 or http://localhost to reach the control API");
        }
        var origin = request.header("origin");
        if (origin != null && !origin.matches("https?://(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d+)?")) {
            throw new ControlException(403, "The control API does not answer pages from elsewhere");
        }
    }

    private ObjectNode health() {
        var health = Json.object().put("status", "ready").put("instance", world.instance());
        var providers = health.putObject("providers");
        sites.forEach(site -> providers.put(site.provider().name(), site.server().uri().toString()));
        return health;
    }

    private ObjectNode ledger(HttpRequest request) {
        var kind = request.queryParameter("kind");
        if (kind != null && MovementKind.of(kind).isEmpty()) {
            throw new ControlException(400, "kind is '" + kind
                    + "', expected one of authorization, sale, capture, void, refund, payout, chargeback, chargeback_reversal");
        }
        Predicate<LedgerEntry> filter = entry -> fits(request, "provider", entry.movement().provider())
                && fits(request, "account", entry.movement().account())
                && fits(request, "reference", entry.movement().reference())
                && fits(request, "kind", entry.movement().kind().wireName());
        return render(world.ledger().page(after(request), limit(request), filter));
    }

    private static ObjectNode render(Ledger.Page page) {
        var json = Json.object();
        var data = json.putArray("data");
        for (var entry : page.entries()) {
            var movement = entry.movement();
            data.addObject().put("seq", entry.seq()).put("provider", movement.provider()).put("account", movement.account())
                    .put("kind", movement.kind().wireName()).put("provider_id", movement.providerId())
                    .put("parent_id", movement.parentId()).put("reference", movement.reference()).put("amount", movement.amount())
                    .put("currency", movement.currency()).put("at", entry.at().toString());
        }
        return json.put("has_more", page.hasMore());
    }

    private ObjectNode requests(HttpRequest request) {
        Predicate<RequestLog.Entry> filter = entry -> fits(request, "provider", entry.provider())
                && fits(request, "account", entry.account());
        var page = world.requests().page(after(request), limit(request), filter);
        var json = Json.object();
        var data = json.putArray("data");
        for (var entry : page.entries()) {
            var item = data.addObject().put("seq", entry.seq()).put("at", entry.at().toString()).put("provider", entry.provider())
                    .put("account", entry.account()).put("method", entry.method()).put("path", entry.path()).put("status", entry.status());
            item.set("request", bodyOf(entry.request()));
            item.set("response", bodyOf(entry.response()));
            item.put("fault", entry.fault());
        }
        return json.put("has_more", page.hasMore());
    }

    /** JSON as such, anything else as a string, nothing as null. */
    private static JsonNode bodyOf(String text) {
        if (text.isEmpty()) {
            return Json.nothing();
        }
        try {
            return Json.parse(text);
        } catch (JacksonException e) {
            return Json.tree(text);
        }
    }

    private ObjectNode clock() {
        return Json.object().put("now", world.clock().instant().toString()).put("offset_ms", world.clock().offset().toMillis());
    }

    private ObjectNode moveClock(HttpRequest request) {
        var body = Body.of(request, Set.of("advance", "set"));
        var advance = body.text("advance");
        var set = body.text("set");
        if ((advance == null) == (set == null)) {
            throw new ControlException(400, "Send either {\"advance\":\"PT24H\"} or {\"set\":\"2027-01-01T00:00:00Z\"}");
        }
        try {
            if (advance != null) {
                world.advance(Duration.parse(advance));
            } else {
                world.set(Instant.parse(Objects.requireNonNull(set)));
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw new ControlException(400, advance != null
                    ? "advance is '" + advance + "', expected an ISO 8601 duration such as PT24H"
                    : "set is '" + set + "', expected an instant such as 2027-01-01T00:00:00Z");
        }
        sites.forEach(site -> site.provider().completeDue());
        return clock();
    }

    private ObjectNode chargeback(HttpRequest request) {
        var body = Body.of(request, Set.of("provider", "provider_id", "amount", "reason"));
        return provider(body.required("provider")).chargeback(body.required("provider_id"), body.number("amount"), body.text("reason"));
    }

    private ObjectNode complete(HttpRequest request) {
        var body = Body.of(request, Set.of("provider", "provider_id", "result"));
        boolean approved = switch (body.required("result")) {
            case "approved" -> true;
            case "declined" -> false;
            default -> throw new ControlException(400, "result must be approved or declined");
        };
        return provider(body.required("provider")).complete(body.required("provider_id"), approved);
    }

    private ObjectNode reset() {
        world.reset();
        faults.openUnrefused();
        return Json.object().put("reset", true);
    }

    private ObjectNode shutDown() {
        // A moment later, so that this answer still reaches the caller.
        Thread.ofPlatform().name("shutdown").start(() -> {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            shutdown.run();
        });
        return Json.object().put("stopping", true);
    }

    private Provider provider(String name) {
        return sites.stream().map(Site::provider).filter(provider -> provider.name().equals(name)).findFirst()
                .orElseThrow(() -> FaultDesk.unknownProvider(name, sites));
    }

    private static boolean fits(HttpRequest request, String parameter, @Nullable String value) {
        var wanted = request.queryParameter(parameter);
        return wanted == null || wanted.equals(value);
    }

    private static long after(HttpRequest request) {
        return number(request, "after", 0, 0, Long.MAX_VALUE);
    }

    private static int limit(HttpRequest request) {
        return (int) number(request, "limit", LIMIT_STANDARD, 1, LIMIT_MAX);
    }

    private static long number(HttpRequest request, String name, long standard, long min, long max) {
        var text = request.queryParameter(name);
        if (text == null || text.isEmpty()) {
            return standard;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below like any number out of range.
        }
        throw new ControlException(400, name + " is '" + text + "', expected a whole number from " + min + " to " + max);
    }

    private static HttpResponse error(int status, @Nullable String message) {
        var body = Json.object();
        body.putObject("error").put("status", status).put("message", message == null ? "" : message);
        return HttpResponse.json(status, Json.bytes(body));
    }
}
