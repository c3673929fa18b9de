package dev.bezant.server.webhook;

import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names an endpoint can ask for, those that nothing is told of yet included: who asks for them misses nothing later.
 *
 * @see "docs/protocols/payments-api.md, section 6.6"
 */
final class EventTypes {
    /** All of them. */
    static final String ANY = "*";

    private static final int MAX = 250;

    private static final Set<String> KNOWN = Arrays.stream("""
            payment_intent: created processing requires_action amount_capturable_updated succeeded payment_failed canceled partially_funded
            charge: pending succeeded failed captured expired updated refunded refund.updated
            refund: created updated failed
            charge.dispute: created updated closed funds_withdrawn funds_reinstated
            payment_method: attached detached updated automatically_updated
            customer: created updated deleted
            customer.tax_id: created updated deleted
            setup_intent: created requires_action succeeded setup_failed canceled
            checkout.session: completed expired async_payment_succeeded async_payment_failed
            payment_link: created updated
            product: created updated deleted
            price: created updated deleted
            customer.subscription: created updated deleted paused resumed trial_will_end pending_update_applied pending_update_expired
            invoice: created updated deleted finalized finalization_failed sent paid payment_succeeded payment_failed payment_action_required
            invoice: upcoming overdue voided marked_uncollectible will_be_due overpaid
            invoice_payment: paid
            invoiceitem: created deleted
            coupon: created updated deleted
            promotion_code: created updated
            transfer: created updated reversed
            balance: available
            payout: created paid failed canceled updated
            radar.early_fraud_warning: created updated
            review: opened closed
            mandate: updated
            test_helpers.test_clock: created advancing ready internal_failure deleted
            webhook_endpoint: disabled
            """.split("\n"))
            .flatMap(line -> Arrays.stream(line.substring(line.indexOf(':') + 1).strip().split(" ")).map(name -> line.substring(0, line.indexOf(':')) + "." + name))
            .collect(Collectors.toUnmodifiableSet());

    private EventTypes() {}

    /**
     * Reads {@code enabled_events}: names, each once, or just {@code *}; null if absent.
     *
     * @throws ApiException 400 if it is empty or holds a name that is none
     */
    static @Nullable List<String> read(Params params) {
        List<String> names = params.texts("enabled_events", MAX, 100);
        if (names == null) {
            return null;
        }
        if (names.isEmpty()) {
            throw new ApiException(ErrorCode.PARAMETER_INVALID_EMPTY, "enabled_events", "The value of enabled_events is empty. Name event types such as"
                    + " payment_intent.succeeded, or send ['*'] for all of them.");
        }
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!name.equals(ANY) && !KNOWN.contains(name)) {
                String near = Suggestion.of(name, KNOWN).map(it -> " Did you mean " + it + "?").orElse("");
                throw ApiException.invalid("enabled_events[" + i + "]", "Invalid event type: '" + name + "' is not one that happens here." + near
                        + " '*' stands for all types.");
            }
        }
        return names.contains(ANY) ? List.of(ANY) : names.stream().distinct().toList();
    }

    static Set<String> known() {
        return KNOWN;
    }
}
