package dev.bezant.server.connector;

import dev.bezant.server.kernel.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A provider that tells of chargebacks when it is asked.
 *
 * <p>Answers are empty where the provider cannot be asked now: never taken for "there are none".
 */
public interface ReportsDisputes {
    /** The latest of the whole account, newest first. */
    Optional<Latest> latestDisputes();

    /** All of one payment, newest first. */
    Optional<List<ReportedDispute>> disputesOf(String providerPaymentId);

    /** Which payment of ours it is: the reference that was told when it was made; an empty text if it was none of ours. */
    Optional<String> referenceOf(String providerPaymentId);

    /** @param complete whether these are all there ever were */
    record Latest(List<ReportedDispute> newestFirst, boolean complete) {}

    /** What a provider says about the money of a dispute. */
    enum Word {
        /** Somebody asks; no money has moved. */
        INQUIRY,
        /** The money was taken back. */
        TAKEN,
        /** The merchant keeps the money, or has it again. */
        RETURNED
    }

    /** Why the card's holder disputes, in the API's words. */
    enum Reason {
        BANK_CANNOT_PROCESS,
        CREDIT_NOT_PROCESSED,
        DUPLICATE,
        FRAUDULENT,
        GENERAL,
        INCORRECT_ACCOUNT_DETAILS,
        NONCOMPLIANT,
        PRODUCT_NOT_RECEIVED,
        PRODUCT_UNACCEPTABLE,
        SUBSCRIPTION_CANCELED,
        UNRECOGNIZED
    }

    /**
     * A dispute as a provider tells it.
     *
     * @param reasonCode the network's code, such as {@code 10.4}; null if none was told
     * @param reasonText the provider's own words
     * @param dueBy until when evidence is taken; null where the provider does not say
     */
    record ReportedDispute(
            String providerId,
            String providerPaymentId,
            Word word,
            Money amount,
            Reason reason,
            @Nullable String reasonCode,
            @Nullable String reasonText,
            @Nullable Instant dueBy) {}
}
