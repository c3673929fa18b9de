package dev.bezant.server.connector.worldlineacquiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sdk.json.JacksonMarshaller;
import dev.bezant.server.connector.Connector.Inquiry;
import dev.bezant.server.connector.Connector.MovementKind;
import dev.bezant.server.connector.Connector.Sighting;
import dev.bezant.server.connector.ReportsDisputes.Reason;
import dev.bezant.server.connector.ReportsDisputes.ReportedDispute;
import dev.bezant.server.connector.ReportsDisputes.Word;
import dev.bezant.server.connector.TakesBack.TakenBack;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.DeclineCode;
import dev.bezant.server.kernel.Money;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.worldline.acquiring.model.ApiPaymentResource;
import dev.bezant.worldline.acquiring.model.ApiPaymentResponse;
import dev.bezant.worldline.acquiring.model.ApiTechnicalReversalResponse;
import dev.bezant.worldline.acquiring.model.DisputeCase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorldlineAcquiringOutcomesTest {
    private static final Inquiry ASKED = new Inquiry("pay-1", "op-1", Money.of(200, "gbp"), "");
    private static final Currency POUNDS = Currency.of("gbp");
    private static final String AMOUNT = "{\"amount\":200,\"currencyCode\":\"GBP\",\"numberOfDecimals\":2}";

    private static <T> T read(Class<T> type, String json) {
        return Objects.requireNonNull(JacksonMarshaller.plain().unmarshal(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), type));
    }

    private static Outcome created(String json) {
        return WorldlineAcquiringOutcomes.created(read(ApiPaymentResponse.class, json), ASKED);
    }

    private static Outcome standing(String json) {
        return WorldlineAcquiringOutcomes.payment(read(ApiPaymentResource.class, json), ASKED);
    }

    @ParameterizedTest
    @CsvSource({"AUTHORIZED, false", "PENDING_CAPTURE, true", "CONFIRMED, true"})
    void an_approval_is_one_only_as_it_was_asked_for(String status, boolean captured) {
        String answer = "{'operationId':'op-1','responseCodeCategory':'APPROVED','responseCode':'0','paymentId':'pay-1','status':'" + status
                + "','totalAuthorizedAmount':" + AMOUNT + ",'references':{'schemeTransactionId':'123'}}";
        assertThat(created(answer)).isInstanceOfSatisfying(Outcome.Approved.class, approved -> {
            assertThat(approved.providerId()).isEqualTo("pay-1");
            assertThat(approved.amount()).isEqualTo(ASKED.amount());
            assertThat(approved.details()).containsEntry(Outcome.Approved.CAPTURED, String.valueOf(captured))
                    .containsEntry(Outcome.Approved.CREDENTIAL, "scheme:123");
        });
        assertThat(created(answer.replace("200", "199"))).isInstanceOf(Outcome.Unknown.class);
        assertThat(created(answer.replace("GBP", "EUR"))).isInstanceOf(Outcome.Unknown.class);
        assertThat(created(answer.replace("'totalAuthorizedAmount'", "'other'"))).isInstanceOf(Outcome.Unknown.class);
        assertThat(created(answer.replace("'APPROVED'", "'PARTIALLY_APPROVED'"))).isInstanceOf(Outcome.Unknown.class);
        assertThat(created(answer.replace("'paymentId'", "'other'"))).isInstanceOf(Outcome.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{'status':'PENDING','paymentId':'pay-1'}", "{'status':'NEW_WORD','paymentId':'pay-1','responseCodeCategory':'APPROVED'}",
        "{'status':'AUTHORIZED','paymentId':'pay-1'}", "{'status':'AUTHORIZED','paymentId':'pay-1','responseCodeCategory':'DECLINED'}",
        "{'status':'CANCELLED','paymentId':'pay-1','responseCodeCategory':'APPROVED'}", "{'paymentId':'pay-1','responseCodeCategory':'MAYBE'}",
        "{'status':'NOT_AUTHORIZED','paymentId':'pay-1','responseCodeCategory':'APPROVED'}"})
    void what_contradicts_itself_is_read_by_its_id(String json) {
        assertThat(created(json)).isEqualTo(new Outcome.Pending("pay-1"));
        assertThat(created(json.replace("'paymentId'", "'other'"))).isInstanceOf(Outcome.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({
        "5, '', GENERIC_DECLINE, false", "05, 03, DO_NOT_TRY_AGAIN, true", "51, 02, INSUFFICIENT_FUNDS, false", "0051, '', INSUFFICIENT_FUNDS, false",
        "41, '', LOST_CARD, true", "65, '', AUTHENTICATION_REQUIRED, false", "96, '', PROCESSING_ERROR, false", "777, '', GENERIC_DECLINE, false"})
    void a_decline_says_why_and_whether_never_again(String number, String advice, DeclineCode code, boolean hard) {
        assertThat(created("{'responseCodeCategory':'DECLINED','responseCode':'" + number + "','paymentId':'pay-1','status':'NOT_AUTHORIZED',"
                + "'additionalResponseData':{'merchantAdviceCode':'" + advice + "'}}")).isInstanceOfSatisfying(Outcome.Declined.class, declined -> {
                    assertThat(declined.code()).isEqualTo(code);
                    assertThat(declined.hard()).isEqualTo(hard);
                    assertThat(declined.says().code()).isEqualTo(number);
                });
    }

    @Test
    void a_payment_that_is_read_is_what_its_status_says() {
        assertThat(standing("{'status':'CONFIRMED','totalAuthorizedAmount':" + AMOUNT + "}")).isInstanceOf(Outcome.Approved.class);
        assertThat(standing("{'status':'NOT_AUTHORIZED','operations':[{'operationType':'AUTHORIZATION','responseCode':'51'}]}"))
                .isInstanceOfSatisfying(Outcome.Declined.class, declined -> assertThat(declined.code()).isEqualTo(DeclineCode.INSUFFICIENT_FUNDS));
        for (String status : List.of("PENDING", "CANCELLED", "REVERSED", "NEW_WORD")) {
            assertThat(standing("{'status':'" + status + "','totalAuthorizedAmount':" + AMOUNT + "}")).isEqualTo(new Outcome.Pending("pay-1"));
        }
    }

    private static Optional<List<Sighting>> captures(String status, String operations) {
        return WorldlineAcquiringOutcomes.movements(MovementKind.CAPTURE,
                read(ApiPaymentResource.class, "{'status':'" + status + "','operations':[" + operations + "]}"), POUNDS);
    }

    @Test
    void a_list_of_operations_is_believed_if_it_proves_itself() {
        String began = "{'operationId':'op-1','operationType':'AUTHORIZATION','responseCodeCategory':'APPROVED'}";
        String captured = "{'operationId':'op-2','operationType':'CAPTURE','responseCodeCategory':'APPROVED','amount':" + AMOUNT + "}";
        assertThat(captures("AUTHORIZED", began)).contains(List.of());
        assertThat(captures("PENDING_CAPTURE", began + "," + captured).orElseThrow())
                .containsExactly(new Sighting("op-2", "op-2", new Outcome.Approved("op-2", ASKED.amount(), java.util.Map.of())));
        assertThat(captures("PENDING_CAPTURE", began + "," + captured.replace("'responseCodeCategory':'APPROVED',", "")).orElseThrow())
                .containsExactly(new Sighting("op-2", "op-2", new Outcome.Pending("op-2")));
        assertThat(captures("PENDING_CAPTURE", began + "," + captured.replace("'operationId':'op-2',", ""))).isEmpty();
        assertThat(captures("PENDING_CAPTURE", captured)).isEmpty();
        assertThat(captures("AUTHORIZED", "")).isEmpty();
        assertThat(captures("CANCELLED", "")).contains(List.of());
    }

    @ParameterizedTest
    @CsvSource({"APPROVED, Undone", "DECLINED, Refused", "MAYBE, Unknown", "PARTIALLY_APPROVED, Unknown"})
    void only_a_clear_yes_proves_that_a_payment_was_taken_back(String category, String expected) {
        TakenBack said = WorldlineAcquiringOutcomes.takenBack(read(ApiTechnicalReversalResponse.class,
                "{'operationId':'by','responseCodeCategory':'" + category + "','responseCode':'12'}"));
        assertThat(said.getClass().getSimpleName()).isEqualTo(expected);
    }

    private static Optional<ReportedDispute> dispute(String category, String stage, String balance) {
        return WorldlineAcquiringDisputes.read(read(DisputeCase.class, "{'disputeId':'dp-1','disputeStage':'" + stage + "','disputeStatusCategory':'" + category
                + "','originalDisputeAmount':" + AMOUNT + balance + ",'schemeReason':'10.4','schemeReasonDescription':'Fraud',"
                + "'disputeDateTimeData':{'responseDueDate':'2026-05-01'},'originalTransactionData':{'transactionReferences':{'paymentId':'pay-1'}}}"));
    }

    @ParameterizedTest
    @CsvSource({
        "NEEDS_RESPONSE, DISPUTE, 200, TAKEN", "NEEDS_RESPONSE, INQUIRY, 0, INQUIRY", "IN_PROGRESS, INQUIRY, 200, TAKEN", "NEEDS_RESPONSE, INQUIRY, , INQUIRY",
        "NEEDS_RESPONSE, DISPUTE, , TAKEN", "WON, DISPUTE, 200, RETURNED", "CANCELLED, INQUIRY, 0, RETURNED", "LOST, DISPUTE, 200, TAKEN", "LOST, INQUIRY, 0, RETURNED"})
    void a_dispute_says_where_the_money_is(String category, String stage, @Nullable String balance, Word word) {
        ReportedDispute read = dispute(category, stage, balance == null ? "" : ",'merchantBalanceAmount':{'amount':" + balance + ",'currencyCode':'GBP'}").orElseThrow();
        assertThat(read.word()).isEqualTo(word);
        assertThat(read.amount()).isEqualTo(ASKED.amount());
        assertThat(read.reason()).isEqualTo(Reason.FRAUDULENT);
        assertThat(read.dueBy()).isEqualTo("2026-05-02T00:00:00Z");
    }

    @Test
    void a_dispute_in_words_that_are_not_known_is_left_alone() {
        assertThat(dispute("NEW_WORD", "DISPUTE", "")).isEmpty();
    }
}
