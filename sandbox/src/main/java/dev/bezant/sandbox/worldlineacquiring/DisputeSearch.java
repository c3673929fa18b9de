package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.SandboxClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds disputes and their entries (section 2.6). What a search found is remembered for 24 hours, so that its next pages show the same; in memory
 * only. Thread-safe.
 */
final class DisputeSearch {
    private static final Duration LIFE = Duration.ofHours(24);
    private static final int SEARCHES_MAX = 1_000;
    private static final int PAGE_MAX = 1_000;
    private static final Set<String> SORTS = Set.of("openedDateTime", "closedDateTime", "lastStatusChangedDateTime", "responseDueDate");

    /** @param ids of what was found, in their order */
    private record Found(String merchantId, List<String> ids, Instant ends) {}

    private record Page(int from, int size, @Nullable String searchId) {}

    private record OfDispute(Dispute dispute, Dispute.Entry entry) {}

    private final Store store;
    private final DisputeWire wire;
    private final SandboxClock clock;
    private final Map<String, Found> searches = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Found> eldest) {
            return size() > SEARCHES_MAX;
        }
    });

    DisputeSearch(Store store, DisputeWire wire, SandboxClock clock) {
        this.store = store;
        this.wire = wire;
        this.clock = clock;
    }

    Answer disputes(Merchant merchant, Input body) {
        var filter = disputeFilter(merchant, body);
        var order = order(body.choice("sortBy", SORTS), body.text("sortOrder"));
        var page = page(body);
        body.refuseIfWrong();
        var ids = page.searchId() != null ? known(merchant, page.searchId())
                : store.disputes().stream().filter(filter).sorted(order).map(Dispute::id).toList();
        var json = DisputeWire.withRequestId(Json.object());
        var list = json.putArray("disputes");
        part(ids, page).forEach(id -> {
            var dispute = store.dispute(id);
            if (dispute != null) {
                list.add(wire.dispute(dispute));
            }
        });
        json.set("pagination", pagination(merchant, ids, page));
        return Answer.ok(json);
    }

    Answer entries(Merchant merchant, Input body) {
        var scope = scope(merchant, body);
        var disputeId = body.text("disputeId");
        var entryId = body.text("entryId");
        var categories = body.texts("entryCategories");
        var types = body.texts("entryTypes");
        var range = range(body.object("entryDateTime"));
        boolean withSummary = body.isTrue("includeDisputeSummary");
        boolean descending = isDescending(body.text("sortOrder"));
        var page = page(body);
        body.refuseIfWrong();
        Comparator<OfDispute> order = Comparator.comparing((OfDispute found) -> found.entry().at()).thenComparing(found -> found.entry().id());
        var all = store.disputes().stream().filter(scope).filter(dispute -> disputeId == null || disputeId.equals(dispute.id()))
                .flatMap(dispute -> dispute.entries().stream().map(entry -> new OfDispute(dispute, entry)))
                .filter(found -> (entryId == null || entryId.equals(found.entry().id()))
                        && (categories.isEmpty() || categories.contains(found.entry().category()))
                        && (types.isEmpty() || types.contains(found.entry().type())) && range.test(found.entry().at()))
                .sorted(descending ? order.reversed() : order).toList();
        var ids = page.searchId() != null ? known(merchant, page.searchId()) : all.stream().map(found -> found.entry().id()).toList();
        var json = DisputeWire.withRequestId(Json.object());
        var list = json.putArray("disputeEntries");
        part(ids, page).forEach(id -> {
            var dispute = store.dispute(id.substring(0, id.lastIndexOf('-')));
            if (dispute != null) {
                dispute.entries().stream().filter(entry -> entry.id().equals(id))
                        .forEach(entry -> list.add(wire.entryOf(dispute, entry, withSummary)));
            }
        });
        json.set("pagination", pagination(merchant, ids, page));
        return Answer.ok(json);
    }

    private Predicate<Dispute> disputeFilter(Merchant merchant, Input body) {
        var filter = scope(merchant, body);
        filter = filter.and(text(body, "disputeId", Dispute::id)).and(text(body, "paymentId", Dispute::paymentId))
                .and(text(body, "acquirerDisputeReference", DisputeWire::acquirerReference))
                .and(text(body, "acquirerReferenceNumber", dispute -> ofPayment(dispute, DisputeWire::arn)))
                .and(text(body, "merchantReference", dispute -> ofPayment(dispute, payment -> payment.terms().references().merchantReference())))
                .and(oneOf(body, "disputeStages", dispute -> dispute.stage().name()))
                .and(oneOf(body, "disputeStatusCategories", dispute -> dispute.status().category()))
                .and(oneOf(body, "schemes", dispute -> ofPayment(dispute, payment -> payment.terms().card().brand())))
                .and(oneOf(body, "unifiedCategories", dispute -> dispute.reason().category()));
        var open = body.flag("isOpen");
        var opened = range(body.object("openedDateTime"));
        var closed = range(body.object("closedDateTime"));
        boolean onlyClosed = body.has("closedDateTime");
        var changed = range(body.object("lastStatusChangedDateTime"));
        var due = body.object("responseDueDate");
        var from = due.date("greaterEqual");
        var to = due.date("lowerEqual");
        return filter.and(dispute -> (open == null || open == dispute.isOpen()) && opened.test(dispute.opened())
                && (!onlyClosed || (dispute.closed() != null && closed.test(dispute.closed()))) && changed.test(dispute.changed())
                && isBetween(from, to, dispute.due()));
    }

    private static boolean isBetween(@Nullable LocalDate from, @Nullable LocalDate to, @Nullable LocalDate due) {
        if (from == null && to == null) {
            return true;
        }
        return due != null && (from == null || !due.isBefore(from)) && (to == null || !due.isAfter(to));
    }

    private @Nullable String ofPayment(Dispute dispute, Function<Payment, @Nullable String> read) {
        var payment = store.payment(dispute.paymentId());
        return payment == null ? null : read.apply(payment);
    }

    private static Predicate<Dispute> text(Input body, String name, Function<Dispute, @Nullable String> read) {
        var wanted = body.text(name);
        return dispute -> wanted == null || wanted.equals(read.apply(dispute));
    }

    private static Predicate<Dispute> oneOf(Input body, String name, Function<Dispute, @Nullable String> read) {
        var wanted = body.texts(name);
        return dispute -> wanted.isEmpty() || wanted.contains(String.valueOf(read.apply(dispute)));
    }

    /** The caller's own merchant, and of that what the scope leaves. */
    private static Predicate<Dispute> scope(Merchant merchant, Input body) {
        Predicate<Dispute> own = dispute -> dispute.merchant().isSameAs(merchant);
        if (!body.has("merchantScope")) {
            return own;
        }
        var scope = body.object("merchantScope");
        var type = scope.choice("merchantScopeType", Set.of("BY_ACQUIRER_IDS", "BY_MERCHANT_IDS", "BY_MERCHANT_ROOT_IDS"));
        return switch (type) {
            case "BY_ACQUIRER_IDS" -> {
                var acquirers = scope.texts("acquirerIds");
                yield own.and(dispute -> acquirers.contains(dispute.merchant().acquirerId()));
            }
            case "BY_MERCHANT_IDS" -> {
                var merchants = scope.items("merchantIds").stream()
                        .map(item -> item.requiredText("acquirerId") + " " + item.requiredText("merchantId")).toList();
                yield own.and(dispute -> merchants.contains(dispute.merchant().acquirerId() + " " + dispute.merchant().merchantId()));
            }
            // There are no groups of merchants here.
            case "BY_MERCHANT_ROOT_IDS" -> own.and(_ -> false);
            case null, default -> {
                scope.requiredText("merchantScopeType");
                yield own;
            }
        };
    }

    private static Predicate<Instant> range(Input range) {
        var greater = range.time("greater");
        var greaterEqual = range.time("greaterEqual");
        var lower = range.time("lower");
        var lowerEqual = range.time("lowerEqual");
        return at -> (greater == null || at.isAfter(instant(greater))) && (greaterEqual == null || !at.isBefore(instant(greaterEqual)))
                && (lower == null || at.isBefore(instant(lower))) && (lowerEqual == null || !at.isAfter(instant(lowerEqual)));
    }

    private static Instant instant(OffsetDateTime time) {
        return time.toInstant();
    }

    private static Comparator<Dispute> order(@Nullable String by, @Nullable String sortOrder) {
        Comparator<Dispute> order = switch (by) {
            case "closedDateTime" -> Comparator.comparing(dispute -> dispute.closed() == null ? Instant.MAX : dispute.closed());
            case "lastStatusChangedDateTime" -> Comparator.comparing(Dispute::changed);
            case "responseDueDate" -> Comparator.comparing(dispute -> dispute.due() == null ? LocalDate.MAX : dispute.due());
            case null, default -> Comparator.comparing(Dispute::opened);
        };
        order = order.thenComparing(Dispute::id);
        return isDescending(sortOrder) ? order.reversed() : order;
    }

    /** Its words are not known: whatever begins so. */
    private static boolean isDescending(@Nullable String sortOrder) {
        return sortOrder != null && sortOrder.regionMatches(true, 0, "desc", 0, 4);
    }

    private static Page page(Input body) {
        var input = body.object("pagination");
        var from = input.integer("fromIndex", 0, Integer.MAX_VALUE);
        var size = input.integer("pageSize", 1, PAGE_MAX);
        return new Page(from == null ? 0 : from, size == null ? 20 : size, input.text("searchId"));
    }

    private List<String> known(Merchant merchant, String searchId) {
        var found = searches.get(searchId);
        if (found == null || !found.merchantId().equals(merchant.merchantId()) || !clock.instant().isBefore(found.ends())) {
            throw ProblemException.invalid("pagination.searchId names no search of the last 24 hours");
        }
        return found.ids();
    }

    private static List<String> part(List<String> ids, Page page) {
        int from = Math.min(page.from(), ids.size());
        return ids.subList(from, (int) Math.min((long) from + page.size(), ids.size()));
    }

    private ObjectNode pagination(Merchant merchant, List<String> ids, Page page) {
        var id = page.searchId();
        if (id == null) {
            id = UUID.randomUUID().toString();
            searches.put(id, new Found(merchant.merchantId(), ids, clock.instant().plus(LIFE)));
        }
        return Json.object().put("lastIndex", page.from() + part(ids, page).size() - 1).put("searchId", id).put("totalCount", ids.size());
    }
}
