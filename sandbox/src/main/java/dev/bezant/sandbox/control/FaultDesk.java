package dev.bezant.sandbox.control;

import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.provider.ControlException;
import dev.bezant.sandbox.provider.Operation;
import dev.bezant.sandbox.world.Fault;
import dev.bezant.sandbox.world.FaultKind;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.World;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes and removes faults, and closes and opens the ports for {@code refuse}: that one has no call to count, so it lasts until it is
 * removed or, with {@code delay_ms}, for that long.
 */
final class FaultDesk {
    private static final Set<String> FIELDS =
            Set.of("provider", "operation", "account", "fault", "count", "probability", "delay_ms", "seed", "status");
    private static final long DELAY_MS_MAX = Duration.ofDays(1).toMillis();

    private final World world;
    private final List<Site> sites;

    FaultDesk(World world, List<Site> sites) {
        this.world = world;
        this.sites = sites;
    }

    ObjectNode add(HttpRequest request) {
        var terms = read(Body.of(request, FIELDS));
        Fault fault;
        try {
            fault = world.faults().add(terms);
        } catch (IllegalStateException e) {
            throw new ControlException(409, e.getMessage() == null ? "too many faults" : e.getMessage());
        }
        if (terms.kind() == FaultKind.REFUSE) {
            refuse(fault);
        }
        return Json.object().put("id", fault.id());
    }

    private Fault.Terms read(Body body) {
        var name = body.required("fault");
        var kind = FaultKind.of(name)
                .orElseThrow(() -> new ControlException(400, "fault is '" + name + "', expected one of " + FaultKind.allNames()));
        var provider = body.text("provider");
        var operation = body.text("operation");
        checkNames(provider, operation, kind);
        long delayMin = kind == FaultKind.CLOCK_SKEW ? -DELAY_MS_MAX : 0;
        return new Fault.Terms(kind, provider, operation, body.text("account"),
                body.number("count", 1, 1, 1_000_000_000),
                body.millionths("probability", Fault.ALWAYS),
                body.number("delay_ms", kind.delayMsDefault(), delayMin, DELAY_MS_MAX),
                (int) body.number("status", 500, 400, 599),
                body.number("seed", 0, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private void checkNames(@Nullable String provider, @Nullable String operation, FaultKind kind) {
        var meant = sites.stream().filter(site -> provider == null || site.provider().name().equals(provider)).toList();
        if (meant.isEmpty()) {
            throw unknownProvider(String.valueOf(provider), sites);
        }
        if (operation == null || kind.stage() == FaultKind.Stage.WEBHOOK) {
            return;
        }
        var operations = meant.stream().flatMap(site -> site.provider().operations().stream()).toList();
        if (operations.stream().noneMatch(known -> known.isNamed(operation))) {
            throw new ControlException(400, "operation is '" + operation + "', expected a method and path such as 'POST /payments', '*', or "
                    + "one of " + operations.stream().map(Operation::id).distinct().collect(Collectors.joining(", ")));
        }
    }

    static ControlException unknownProvider(String provider, List<Site> sites) {
        return new ControlException(400, "provider is '" + provider + "', expected one of "
                + sites.stream().map(site -> site.provider().name()).collect(Collectors.joining(", ")));
    }

    ObjectNode list() {
        var list = Json.object();
        var data = list.putArray("data");
        for (var fault : world.faults().all()) {
            var terms = fault.terms();
            var item = data.addObject().put("id", fault.id()).put("fault", terms.kind().wireName())
                    .put("provider", terms.provider()).put("operation", terms.operation()).put("account", terms.account())
                    .put("count", terms.count());
            item.put("probability", BigDecimal.valueOf(terms.probability(), 6).stripTrailingZeros());
            item.put("delay_ms", terms.delayMs()).put("seed", terms.seed()).put("status", terms.status()).put("hits", fault.hits());
        }
        return list;
    }

    void remove(String id) {
        var fault = world.faults().remove(id).orElseThrow(() -> new ControlException(404, "There is no fault " + id));
        if (fault.kind() == FaultKind.REFUSE) {
            openUnrefused();
        }
    }

    void removeAll() {
        world.faults().clear();
        openUnrefused();
    }

    private void refuse(Fault fault) {
        if (!fault.strikes()) {
            return;
        }
        for (var site : sites) {
            if (isMeant(fault, site)) {
                site.server().refuse();
            }
        }
        long millis = fault.terms().delayMs();
        if (millis > 0) {
            Thread.ofVirtual().name("refuse").start(() -> {
                try {
                    Thread.sleep(millis);
                    world.faults().remove(fault.id());
                    openUnrefused();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    /** Opens every port that no remaining fault keeps closed. */
    void openUnrefused() {
        for (var site : sites) {
            boolean refused = world.faults().all().stream()
                    .anyMatch(fault -> fault.kind() == FaultKind.REFUSE && fault.hits() > 0 && isMeant(fault, site));
            if (!refused) {
                site.server().accept();
            }
        }
    }

    private static boolean isMeant(Fault fault, Site site) {
        var provider = fault.terms().provider();
        return provider == null || provider.equals(site.provider().name());
    }
}
