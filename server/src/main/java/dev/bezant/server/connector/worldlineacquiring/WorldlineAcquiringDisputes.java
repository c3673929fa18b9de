package dev.bezant.server.connector.worldlineacquiring;

import dev.bezant.sdk.error.ReferenceException;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.error.ValidationException;
import dev.bezant.server.connector.ReportsDisputes.Latest;
import dev.bezant.server.connector.ReportsDisputes.ReportedDispute;
import dev.bezant.server.connector.ReportsDisputes.Word;
import dev.bezant.server.connector.SchemeReasons;
import dev.bezant.server.connector.TakesEvidence.Document;
import dev.bezant.server.connector.TakesEvidence.Evidence;
import dev.bezant.server.connector.TakesEvidence.Handover;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.Money;
import dev.bezant.worldline.acquiring.UploadableFile;
import dev.bezant.worldline.acquiring.V1Client;
import dev.bezant.worldline.acquiring.model.AmountData;
import dev.bezant.worldline.acquiring.model.DisputeCase;
import dev.bezant.worldline.acquiring.model.DisputeDateTimeData;
import dev.bezant.worldline.acquiring.model.DisputeDocumentId;
import dev.bezant.worldline.acquiring.model.DisputeStage;
import dev.bezant.worldline.acquiring.model.DisputeStatus;
import dev.bezant.worldline.acquiring.model.DisputeStatusCategory;
import dev.bezant.worldline.acquiring.model.DisputeTransactionReferences;
import dev.bezant.worldline.acquiring.model.MerchantIdentifier;
import dev.bezant.worldline.acquiring.model.MerchantScope;
import dev.bezant.worldline.acquiring.model.MerchantScopeType;
import dev.bezant.worldline.acquiring.model.OriginalTransactionData;
import dev.bezant.worldline.acquiring.model.PaginationRequest;
import dev.bezant.worldline.acquiring.model.PaginationResponse;
import dev.bezant.worldline.acquiring.model.SearchDisputesRequest;
import dev.bezant.worldline.acquiring.model.SearchDisputesResponse;
import dev.bezant.worldline.acquiring.model.SignedAmountData;
import dev.bezant.worldline.acquiring.model.SubmitEvidenceRequest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Worldline Acquiring's disputes, as ours.
 *
 * @see "docs/protocols/worldline-acquiring-mapping.md, Disputes"
 */
final class WorldlineAcquiringDisputes {
    private static final Logger LOG = LoggerFactory.getLogger(WorldlineAcquiringDisputes.class);
    private static final int PAGE = 100;
    private static final int PAGES_MAX = 20;
    /** Those before money moves. */
    private static final Set<DisputeStage> EARLY = Set.of(DisputeStage.CREATED, DisputeStage.FRAUD, DisputeStage.INQUIRY);
    private static final Comparator<DisputeCase> NEWEST_FIRST = Comparator.comparing(WorldlineAcquiringDisputes::opened).reversed()
            .thenComparing(it -> it.disputeId().orElse(""));

    private final V1Client client;
    private final MerchantScope own;

    WorldlineAcquiringDisputes(V1Client client, WorldlineAcquiringConfig config) {
        this.client = client;
        this.own = MerchantScope.builder()
                .merchantScopeType(MerchantScopeType.BY_MERCHANT_IDS)
                .merchantIds(List.of(MerchantIdentifier.builder().acquirerId(config.acquirerId()).merchantId(config.merchantId()).build()))
                .build();
    }

    /** All of them where they are not too many: in which order a search tells them is not known, so only all are surely the latest. */
    Optional<Latest> latest() {
        try {
            var found = new ArrayList<DisputeCase>();
            String search = null;
            boolean complete = false;
            for (int page = 0; page < PAGES_MAX && !complete; page++) {
                SearchDisputesResponse answer = search(SearchDisputesRequest.builder().build(), found.size(), search);
                found.addAll(answer.disputes());
                search = answer.pagination().flatMap(PaginationResponse::searchId).orElse(null);
                int all = answer.pagination().flatMap(PaginationResponse::totalCount).orElse(Integer.MAX_VALUE);
                complete = found.size() >= all;
                if (answer.disputes().isEmpty()) {
                    break;
                }
            }
            return Optional.of(new Latest(read(found), complete));
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    Optional<List<ReportedDispute>> of(String paymentId) {
        try {
            return Optional.of(read(ofPayment(paymentId)));
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    Optional<String> referenceOf(String paymentId) {
        try {
            return Optional.of(ofPayment(paymentId).stream()
                    .flatMap(it -> references(it).flatMap(DisputeTransactionReferences::merchantReference).stream())
                    .findFirst()
                    .orElse(""));
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    Handover submit(Evidence evidence) {
        try {
            var documents = new ArrayList<DisputeDocumentId>();
            for (Document document : evidence.documents()) {
                String id = client.disputeDocuments()
                        .uploadDisputeDocument(UploadableFile.of(document.fileName(), document.contentType(), document.content()))
                        .documentId().orElse(null);
                if (id == null) {
                    return new Handover.Unknown("A document was answered without its id");
                }
                documents.add(DisputeDocumentId.builder().documentId(id).build());
            }
            client.disputeManagement().submitEvidence(evidence.providerDisputeId(),
                    SubmitEvidenceRequest.builder().elaboration(elaboration(evidence)).documentIds(documents).build());
            return standing(evidence.providerDisputeId(), null);
        } catch (ValidationException | ReferenceException e) {
            // It may have taken them before, and a crash kept us from knowing.
            return standing(evidence.providerDisputeId(), "The evidence was answered with " + e.status());
        } catch (SdkException e) {
            return new Handover.Unknown(e.getClass().getSimpleName());
        }
    }

    /** @param refusal what submitting was answered; null if it was taken */
    private Handover standing(String disputeId, @Nullable String refusal) {
        try {
            Optional<DisputeCase> dispute = search(SearchDisputesRequest.builder().disputeId(disputeId).build(), 0, null).disputes().stream().findFirst();
            boolean wanted = dispute.flatMap(DisputeCase::disputeStatus).map(DisputeStatus.EVIDENCE_REQUESTED::equals).orElse(true);
            if (refusal != null && wanted) {
                return new Handover.Refused(refusal);
            }
            Optional<Boolean> won = dispute.flatMap(DisputeCase::disputeStatusCategory).flatMap(WorldlineAcquiringDisputes::won);
            return won.flatMap(it -> dispute.flatMap(WorldlineAcquiringDisputes::read).<Handover>map(now -> new Handover.Decided(now, it)))
                    .orElseGet(Handover.Taken::new);
        } catch (SdkException e) {
            return new Handover.Unknown(e.getClass().getSimpleName());
        }
    }

    private static Optional<Boolean> won(DisputeStatusCategory category) {
        return switch (category) {
            case WON, CANCELLED -> Optional.of(true);
            case LOST -> Optional.of(false);
            case IN_PROGRESS, NEEDS_RESPONSE, UNRECOGNIZED -> Optional.empty();
        };
    }

    /** What the API's names call things, one after the other: the platform has one text. */
    private static @Nullable String elaboration(Evidence evidence) {
        String text = evidence.texts().entrySet().stream()
                .map(it -> it.getKey().replace('_', ' ') + ": " + it.getValue())
                .collect(Collectors.joining("\n"));
        return text.isEmpty() ? null : text;
    }

    private List<DisputeCase> ofPayment(String paymentId) {
        return search(SearchDisputesRequest.builder().paymentId(paymentId).build(), 0, null).disputes();
    }

    private SearchDisputesResponse search(SearchDisputesRequest what, int from, @Nullable String searchId) {
        return client.disputeManagement().searchDisputes(what.toBuilder()
                .merchantScope(own)
                .pagination(PaginationRequest.builder().fromIndex(from).pageSize(PAGE).searchId(searchId).build())
                .build());
    }

    private static List<ReportedDispute> read(List<DisputeCase> disputes) {
        return disputes.stream().sorted(NEWEST_FIRST).flatMap(it -> read(it).stream()).toList();
    }

    /** Empty for one that cannot be understood: it is told in the log, and looked at again with the next search. */
    static Optional<ReportedDispute> read(DisputeCase dispute) {
        Optional<String> payment = references(dispute).flatMap(DisputeTransactionReferences::paymentId);
        Optional<Money> money = money(dispute.originalDisputeAmount());
        Optional<Word> word = word(dispute);
        if (dispute.disputeId().isEmpty() || payment.isEmpty() || money.isEmpty() || word.isEmpty()) {
            LOG.atError().addKeyValue("dispute", dispute.disputeId().orElse("none")).addKeyValue("category", dispute.disputeStatusCategory().orElse(null))
                    .log("A dispute cannot be understood and is left alone");
            return Optional.empty();
        }
        // Evidence is taken until the day is over.
        Instant due = dispute.disputeDateTimeData().flatMap(DisputeDateTimeData::responseDueDate)
                .map(day -> day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())
                .orElse(null);
        return Optional.of(new ReportedDispute(dispute.disputeId().get(), payment.get(), word.get(), money.get(),
                SchemeReasons.of(dispute.schemeReason().orElse("")), dispute.schemeReason().orElse(null), dispute.schemeReasonDescription().orElse(null), due));
    }

    /** Whether money has moved is told by the balance; its sign is not known, so the category goes before it. */
    private static Optional<Word> word(DisputeCase dispute) {
        boolean early = dispute.disputeStage().filter(EARLY::contains).isPresent();
        Optional<Boolean> moved = dispute.merchantBalanceAmount().flatMap(SignedAmountData::amount).map(amount -> amount != 0);
        return dispute.disputeStatusCategory().flatMap(category -> switch (category) {
            case WON, CANCELLED -> Optional.of(Word.RETURNED);
            case LOST -> Optional.of(moved.orElse(!early) ? Word.TAKEN : Word.RETURNED);
            case IN_PROGRESS, NEEDS_RESPONSE -> Optional.of(moved.orElse(!early) ? Word.TAKEN : Word.INQUIRY);
            case UNRECOGNIZED -> Optional.empty();
        });
    }

    private static Optional<Money> money(Optional<AmountData> told) {
        return told.flatMap(AmountData::currencyCode)
                .flatMap(code -> Currency.find(code.toLowerCase(Locale.ROOT)))
                .flatMap(currency -> WorldlineAcquiringMapper.money(told, currency))
                .filter(money -> money.amount() > 0);
    }

    private static Optional<DisputeTransactionReferences> references(DisputeCase dispute) {
        return dispute.originalTransactionData().flatMap(OriginalTransactionData::transactionReferences);
    }

    private static Instant opened(DisputeCase dispute) {
        return dispute.disputeDateTimeData().flatMap(DisputeDateTimeData::openedDateTime).map(OffsetDateTime::toInstant).orElse(Instant.EPOCH);
    }
}
