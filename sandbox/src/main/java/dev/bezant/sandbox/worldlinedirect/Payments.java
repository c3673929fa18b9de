package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Accounts;
import dev.bezant.sandbox.world.Movement;
import dev.bezant.sandbox.world.MovementKind;
import dev.bezant.sandbox.world.SandboxClock;
import dev.bezant.sandbox.worldlinedirect.Issuer.Verdict;
import dev.bezant.sandbox.worldlinedirect.Payment.Stage;
import dev.bezant.sandbox.worldlinedirect.Payment.State;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes payments and takes them as far as approved or not. Everything here is called under the store's lock. */
final class Payments {
    /** How long something stays open unless it is completed by hand, where only a magic value asks for it. The simulator's choice. */
    static final Duration OPEN = Duration.ofHours(1);

    private final Store store;
    private final Accounts accounts;
    private final SandboxClock clock;
    private final Wire wire;
    private final Disputes disputes;

    Payments(Store store, Accounts accounts, SandboxClock clock, Wire wire, Disputes disputes) {
        this.store = store;
        this.accounts = accounts;
        this.clock = clock;
        this.wire = wire;
        this.disputes = disputes;
    }

    /**
     * Where a payment comes from.
     *
     * @param base its id; the hosted checkout's, if it is made in one
     */
    record Place(String base, @Nullable String hostedCheckoutId, @Nullable String firstId) {}

    Payment create(Account account, PaymentRequest request, Work work) {
        return create(account, request, new Place(store.newBase(), null, null), work);
    }

    /**
     * @throws ProblemException 400 if the payer must be sent on and there is no way back
     */
    Payment create(Account account, PaymentRequest request, Place place, Work work) {
        var now = now();
        var terms = new Payment.Terms(request.money(), now, request.method(), request.productId(), request.mode(), request.references(),
                request.card(), request.withCvv(), request.threeDs(), null, place.hostedCheckoutId(),
                request.token() == null ? null : request.token().id(), request.tokenize(), request.payerAbsent(), request.needsCompletion(),
                request.webhookUrls(), request.autoCaptureMinutes(), place.firstId());
        var fresh = new Payment(place.base(), account.require("merchant_id"), account.name(), terms,
                State.of(Stage.REDIRECTED, request.money().amount(), Authentication.NONE, null, now));
        if (request.token() != null && request.token().isTemporary()) {
            work.save(request.token().asGone());
        }
        return save(decided(fresh, request, account), null, work);
    }

    private Payment decided(Payment fresh, PaymentRequest request, Account account) {
        var card = request.card();
        if (card == null) {
            return request.method() == Method.DIRECT_DEBIT
                    ? approved(fresh, Authentication.NONE, account)
                    : sentAway(fresh, request, account, Authentication.NONE);
        }
        return switch (Issuer.ask(question(fresh, card))) {
            case Verdict.Approved(var authentication) -> approved(fresh, authentication, account);
            case Verdict.Challenge() -> sentAway(fresh, request, account, Authentication.PENDING);
            case Verdict.Declined(var why, var authentication) -> fresh.with(fresh.state().rejected(why, authentication, now()));
        };
    }

    private Issuer.Question question(Payment payment, CardFacts card) {
        return new Issuer.Question(card, payment.money(), payment.isSale(), payment.terms().threeDs(), payment.terms().payerAbsent(),
                clock.instant());
    }

    private Payment sentAway(Payment fresh, PaymentRequest request, Account account, Authentication authentication) {
        if (request.returnUrl() == null && !request.returnUrlPath().isEmpty()) {
            throw ProblemException.missing(request.returnUrlPath());
        }
        var ends = now().plus(Settings.redirect(account));
        var journey = new Payment.Journey(Store.secret(), UUID.randomUUID().toString(), request.returnUrl(), ends);
        return new Payment(fresh.id(), fresh.merchantId(), fresh.account(), fresh.terms().with(journey),
                fresh.state().moved(Stage.REDIRECTED, authentication, ends, now()));
    }

    /** Approved by the issuer or the bank: authorized or taken, unless something makes that wait. */
    private Payment approved(Payment payment, Authentication authentication, Account account) {
        if (isOfASpentLink(payment)) {
            return payment.with(payment.state().rejected(Decline.ISSUER_REJECTED, authentication, now()));
        }
        if (payment.money().amount() == 0) {
            return payment.with(payment.state().moved(Stage.VERIFIED, authentication, null, now()));
        }
        var delay = Settings.seconds(account, "authorization_seconds");
        boolean other = payment.terms().card() == null || payment.terms().card().shared() == null;
        if (!delay.isZero() || (other && Issuer.isEuro(payment.money(), Issuer.WAITS))) {
            return payment.with(payment.state().moved(Stage.WAITING, authentication, now().plus(delay.isZero() ? OPEN : delay), now()));
        }
        if (other && Issuer.isEuro(payment.money(), Issuer.UNCERTAIN)) {
            return payment.with(payment.state().moved(Stage.UNCERTAIN, authentication, now().plus(OPEN), now()));
        }
        return authorized(payment, authentication);
    }

    /** Two payers may be on the pages of a link for one: whoever is approved second is declined instead. */
    private boolean isOfASpentLink(Payment payment) {
        var id = payment.terms().hostedCheckoutId();
        var checkout = id == null ? null : store.checkouts().get(id);
        var link = checkout == null || checkout.linkId() == null ? null : store.links().get(checkout.linkId());
        return link != null && !link.isActive();
    }

    private Payment authorized(Payment payment, Authentication authentication) {
        var minutes = payment.terms().autoCaptureMinutes();
        var due = minutes == null || payment.isSale() ? null : now().plus(Duration.ofMinutes(minutes));
        return payment.with(payment.state().moved(Stage.APPROVED, authentication, due, now()));
    }

    /** What the payer chose on the bank's page. */
    enum Decision { PASS, FAIL, ERROR, CANCEL, PENDING }

    /** The payer has decided. A second decision changes nothing. */
    Payment decide(String base, String page, Decision decision, Work work) {
        var payment = store.payments().get(base);
        if (payment == null || payment.terms().journey() == null || !payment.terms().journey().page().equals(page)) {
            throw new IllegalStateException("no such journey");
        }
        if (payment.state().stage() != Stage.REDIRECTED) {
            return payment;
        }
        return save(after(payment, decision), payment, work);
    }

    private Payment after(Payment payment, Decision decision) {
        var state = payment.state();
        var card = payment.terms().card();
        return switch (decision) {
            case PASS -> {
                if (payment.terms().needsCompletion()) {
                    yield payment.with(state.moved(Stage.COMPLETION, Authentication.NONE, null, now()));
                }
                yield card == null ? approved(payment, Authentication.NONE, accountOf(payment)) : afterChallenge(payment, card);
            }
            case FAIL -> payment.with(state.rejected(card == null ? Decline.ISSUER_REJECTED : Decline.AUTHENTICATION_FAILED,
                    card == null ? Authentication.NONE : Authentication.FAILED, now()));
            case ERROR -> payment.with(state.rejected(card == null ? Decline.SYSTEM_MALFUNCTION : Decline.AUTHENTICATION_UNAVAILABLE,
                    card == null ? Authentication.NONE : Authentication.UNAVAILABLE, now()));
            case CANCEL -> payment.with(state.cancelledByPayer(now()));
            case PENDING -> payment.with(state.moved(Stage.WAITING, Authentication.NONE, now().plus(OPEN), now()));
        };
    }

    private Payment afterChallenge(Payment payment, CardFacts card) {
        return switch (Issuer.afterChallenge(question(payment, card))) {
            case Verdict.Approved(var authentication) -> approved(payment, authentication, accountOf(payment));
            case Verdict.Declined(var why, var authentication) -> payment.with(payment.state().rejected(why, authentication, now()));
            case Verdict.Challenge() -> throw new IllegalStateException("a challenge was just passed");
        };
    }

    /** The payer has left a hosted checkout by its cancel button. */
    Payment cancelCheckout(Account account, HostedCheckout checkout, Work work) {
        var order = Input.of(CheckoutPages.orderOf(checkout));
        var now = now();
        var money = Money.read(order, "amountOfMoney", 0);
        var terms = new Payment.Terms(money, now, Method.CARD, 0, Payment.Mode.FINAL_AUTHORIZATION, References.read(order, "references"), null,
                false, ThreeDsRequest.NONE, null, checkout.id(), null, false, false, false, PaymentReader.webhookUrls(Input.of(checkout.request())), null,
                null);
        var payment = new Payment(checkout.id(), checkout.merchantId(), account.name(), terms,
                State.of(Stage.REDIRECTED, money.amount(), Authentication.NONE, null, now).cancelledByPayer(now));
        return save(payment, null, work);
    }

    /** The merchant completes what the payer has agreed to (section 1, complete). */
    Payment completeByMerchant(Payment payment, Work work) {
        return save(authorized(payment, payment.state().authentication()), payment, work);
    }

    /**
     * Ends what is open about the payment itself.
     *
     * @return null if nothing is
     */
    @Nullable Payment complete(Payment payment, boolean approved, Work work) {
        return switch (payment.state().stage()) {
            case WAITING, UNCERTAIN -> save(approved
                    ? authorized(payment, payment.state().authentication())
                    : payment.with(payment.state().rejected(Decline.ISSUER_REJECTED, payment.state().authentication(), now())), payment, work);
            case REDIRECTED -> save(after(payment, approved ? Decision.PASS : Decision.FAIL), payment, work);
            case COMPLETION, APPROVED, VERIFIED, REJECTED, CANCELLED -> null;
        };
    }

    /** The payer never came back. */
    Payment expire(Payment payment, Work work) {
        return save(payment.with(payment.state().rejected(Decline.EXPIRED_SESSION, payment.state().authentication(), now())), payment, work);
    }

    /** Keeps a payment with all that follows from its stage, and tells the merchant if that changed. */
    private Payment save(Payment payment, @Nullable Payment before, Work work) {
        var stage = payment.state().stage();
        boolean isNew = before == null || before.state().stage() != stage;
        var kept = payment;
        if (isNew && (stage == Stage.APPROVED || stage == Stage.VERIFIED) && payment.terms().tokenize() && payment.terms().card() != null) {
            var token = new Token(UUID.randomUUID().toString(), payment.merchantId(), payment.terms().card(), null, false,
                    MethodOutput.schemeReference(payment));
            work.save(token);
            kept = payment.with(payment.state().leaving(token.id()));
        }
        if (isNew) {
            work.tell(Events.Event.of(kept, Standing.of(kept).status(), wire.payment(kept)));
        }
        if (isNew && stage == Stage.APPROVED) {
            work.move(movement(kept));
            if (kept.isSale()) {
                kept = disputes.automatic(kept, kept.money().amount(), work);
            }
        }
        work.save(kept);
        if (isNew) {
            follow(kept, work);
        }
        return kept;
    }

    private static Movement movement(Payment payment) {
        return new Movement(WorldlineDirectProvider.NAME, payment.account(), payment.isSale() ? MovementKind.SALE : MovementKind.AUTHORIZATION,
                payment.wireId(), null, payment.terms().references().merchantReference(), payment.money().amount(),
                payment.money().currencyLower());
    }

    /** The hosted checkout and payment link that the payment was made in. */
    private void follow(Payment payment, Work work) {
        var id = payment.terms().hostedCheckoutId();
        var checkout = id == null ? null : store.checkouts().get(id);
        if (checkout == null) {
            return;
        }
        switch (payment.state().stage()) {
            case APPROVED, VERIFIED -> {
                close(checkout, HostedCheckout.Status.PAYMENT_CREATED, work);
                payLink(checkout, payment, work);
            }
            case WAITING, UNCERTAIN, COMPLETION -> close(checkout, HostedCheckout.Status.PAYMENT_CREATED, work);
            case CANCELLED -> close(checkout, HostedCheckout.Status.CANCELLED_BY_CONSUMER, work);
            case REDIRECTED, REJECTED -> {
                // The payer is away, or may try again.
            }
        }
    }

    private static void close(HostedCheckout checkout, HostedCheckout.Status status, Work work) {
        if (checkout.isOpen()) {
            work.save(checkout.as(status));
        }
    }

    private void payLink(HostedCheckout checkout, Payment payment, Work work) {
        var link = checkout.linkId() == null ? null : store.links().get(checkout.linkId());
        if (link != null && link.isActive()) {
            var paid = link.paidOnce(payment.wireId(), now());
            work.save(paid);
            work.tell(new Events.Event(payment.account(), "paymentlink.paid", "paymentLink", PaymentLinks.json(paid, wire), List.of()));
        }
    }

    Account accountOf(Payment payment) {
        return accounts.find(WorldlineDirectProvider.NAME, payment.account())
                .orElseThrow(() -> new IllegalStateException("account " + payment.account() + " is gone"));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
