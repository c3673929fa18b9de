package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.CommunicationException.Reason;
import dev.bezant.sdk.error.ReferenceException;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.error.Sent;
import dev.bezant.worldline.acquiring.model.ApiPaymentRequest;
import dev.bezant.worldline.acquiring.model.ApiPaymentResponse;
import dev.bezant.worldline.acquiring.model.ApiTechnicalReversalRequest;
import dev.bezant.worldline.acquiring.model.ApiTechnicalReversalResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Processes a payment, and takes it back when its answer was lost. */
final class TakingBack {
    /** Between the attempts. Repeating is harmless: what was taken back is only taken back again. */
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(200), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));

    private final PaymentsClient payments;
    private final TechnicalReversalsClient reversals;
    private final Clock clock;

    TakingBack(PaymentsClient payments, TechnicalReversalsClient reversals, Clock clock) {
        this.payments = payments;
        this.reversals = reversals;
        this.clock = clock;
    }

    CertainPayment process(ApiPaymentRequest request, String reversalOperationId, CallContext context) {
        SdkException reason;
        try {
            ApiPaymentResponse response = payments.processPayment(request, context);
            if (response.isApproved() || response.isPartiallyApproved() || response.isDeclined()) {
                return new CertainPayment.Answered(response);
            }
            reason = new CommunicationException(Sent.MAYBE, Reason.UNREADABLE_RESPONSE, "POST",
                    "The platform's answer says neither that the payment was approved nor that it was declined", null);
        } catch (SdkException e) {
            if (!e.mayHaveTakenEffect()) {
                throw e;
            }
            reason = e;
        }
        // It was checked before it was sent, so it has an id.
        return takeBack(request.operationId().orElseThrow(), reversal(request, reversalOperationId), reason);
    }

    private ApiTechnicalReversalRequest reversal(ApiPaymentRequest request, String operationId) {
        ZoneOffset there = request.transactionTimestamp().map(OffsetDateTime::getOffset).orElse(ZoneOffset.UTC);
        return ApiTechnicalReversalRequest.builder().operationId(operationId).reason("TIMEOUT")
                .transactionTimestamp(clock.instant().atOffset(there)).terminalData(request.terminalData().orElse(null)).build();
    }

    private CertainPayment takeBack(String operationId, ApiTechnicalReversalRequest reversal, SdkException reason) {
        for (int attempt = 0; ; attempt++) {
            CertainPayment outcome = takeBackOnce(operationId, reversal, reason);
            boolean again = outcome instanceof CertainPayment.InDoubt && attempt < PAUSES.size();
            if (!again || !pause(PAUSES.get(attempt))) {
                return outcome;
            }
        }
    }

    private CertainPayment takeBackOnce(String operationId, ApiTechnicalReversalRequest reversal, SdkException reason) {
        try {
            ApiTechnicalReversalResponse response = reversals.technicalReversal(operationId, reversal, CallContext.none());
            return response.isApproved() ? new CertainPayment.TakenBack(reason, response) : new CertainPayment.InDoubt(reason, response, null);
        } catch (ReferenceException e) {
            return e.status() == 404 ? new CertainPayment.NotArrived(reason, e) : new CertainPayment.InDoubt(reason, null, e);
        } catch (SdkException e) {
            return new CertainPayment.InDoubt(reason, null, e);
        }
    }

    /** @return false when the thread is being stopped */
    private static boolean pause(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
