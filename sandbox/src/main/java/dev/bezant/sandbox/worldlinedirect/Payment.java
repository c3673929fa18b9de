package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.worldlinedirect.Maintenance.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A payment: what was asked for, and how it stands. Immutable; a change makes a new one.
 *
 * @param id the decimal base; on the wire with {@code _0} behind it
 */
record Payment(String id, String merchantId, String account, Terms terms, State state) {
    /** How the money is taken (section 2.1). */
    enum Mode {
        FINAL_AUTHORIZATION(Duration.ofDays(7)), PRE_AUTHORIZATION(Duration.ofDays(30)), SALE(Duration.ZERO);

        private final Duration life;

        Mode(Duration life) {
            this.life = life;
        }

        /** How long it can be captured. */
        Duration life() {
            return life;
        }
    }

    enum Stage { REDIRECTED, WAITING, UNCERTAIN, COMPLETION, APPROVED, VERIFIED, REJECTED, CANCELLED }

    /**
     * What was asked for.
     *
     * @param withCvv whether the card's code came too
     * @param hostedCheckoutId of the checkout it was made in
     * @param token the token that was paid with
     * @param tokenize whether an approved payment leaves a token
     * @param payerAbsent whether the merchant acted alone
     * @param webhookUrls where this payment's events go instead of the account's addresses
     * @param autoCaptureMinutes null if the merchant captures
     * @param firstId the payment that a subsequent one continues
     */
    record Terms(Money money, Instant created, Method method, int productId, Mode mode, References references, @Nullable CardFacts card,
            boolean withCvv, ThreeDsRequest threeDs, @Nullable Journey journey, @Nullable String hostedCheckoutId, @Nullable String token,
            boolean tokenize, boolean payerAbsent, boolean needsCompletion, List<String> webhookUrls, @Nullable Integer autoCaptureMinutes,
            @Nullable String firstId) {

        Terms with(Journey way) {
            return new Terms(money, created, method, productId, mode, references, card, withCvv, threeDs, way, hostedCheckoutId, token, tokenize,
                    payerAbsent, needsCompletion, webhookUrls, autoCaptureMinutes, firstId);
        }
    }

    /**
     * The payer's way to the bank and back.
     *
     * @param page the secret part of the bank page's address
     * @param returnUrl where the payer goes afterwards; null for a page that says how it ended
     */
    record Journey(String page, String returnMac, @Nullable String returnUrl, Instant ends) {}

    /**
     * How it stands.
     *
     * @param authorized minor units, increments included
     * @param captureClosed no more can be captured; what is left is released
     * @param cancelClosed no more can be cancelled
     * @param dueAt when it goes on by itself: a waiting one ends, a redirected one is given up, an authorized one is captured
     * @param createdToken the token that it left
     */
    record State(Stage stage, @Nullable Decline decline, Authentication authentication, long authorized, boolean captureClosed,
            boolean cancelClosed, @Nullable Instant dueAt, @Nullable String createdToken, List<Maintenance> maintenance, Instant changed) {
        State {
            maintenance = List.copyOf(maintenance);
        }

        static State of(Stage stage, long amount, Authentication authentication, @Nullable Instant dueAt, Instant now) {
            return new State(stage, null, authentication, amount, false, false, dueAt, null, List.of(), now);
        }

        State rejected(Decline why, Authentication with, Instant now) {
            return new State(Stage.REJECTED, why, with, authorized, true, true, null, null, maintenance, now);
        }

        State cancelledByPayer(Instant now) {
            return new State(Stage.CANCELLED, Decline.CANCELLED_BY_CUSTOMER, authentication, authorized, true, true, null, null, maintenance,
                    now);
        }

        State moved(Stage next, Authentication with, @Nullable Instant due, Instant now) {
            return new State(next, null, with, authorized, captureClosed, cancelClosed, due, createdToken, maintenance, now);
        }

        State leaving(String token) {
            return new State(stage, decline, authentication, authorized, captureClosed, cancelClosed, dueAt, token, maintenance, changed);
        }

        State closing(boolean captures, boolean cancels) {
            return new State(stage, decline, authentication, authorized, captureClosed || captures, cancelClosed || cancels, dueAt,
                    createdToken, maintenance, changed);
        }

        State notDue() {
            return new State(stage, decline, authentication, authorized, captureClosed, cancelClosed, null, createdToken, maintenance, changed);
        }

        State raised(long by) {
            return new State(stage, decline, authentication, Math.addExact(authorized, by), captureClosed, cancelClosed, dueAt, createdToken,
                    maintenance, changed);
        }

        /** Adds an operation, or replaces the one of its number. */
        State with(Maintenance operation, Instant now) {
            var all = new ArrayList<>(maintenance);
            all.removeIf(known -> known.number() == operation.number());
            all.add(operation);
            all.sort((a, b) -> Integer.compare(a.number(), b.number()));
            return new State(stage, decline, authentication, authorized, captureClosed, cancelClosed, dueAt, createdToken, all, now);
        }
    }

    Payment with(State changed) {
        return new Payment(id, merchantId, account, terms, changed);
    }

    String wireId() {
        return id + "_0";
    }

    String wireId(Maintenance operation) {
        return id + "_" + operation.number();
    }

    int nextNumber() {
        return state.maintenance().isEmpty() ? 1 : state.maintenance().getLast().number() + 1;
    }

    boolean isSale() {
        return terms.mode() == Mode.SALE;
    }

    boolean isApproved() {
        return state.stage() == Stage.APPROVED;
    }

    Money money() {
        return terms.money();
    }

    /** Minor units really captured. */
    long captured() {
        return sum(Kind.CAPTURE, Maintenance::isDone) + (isApproved() && isSale() ? state.authorized() : 0);
    }

    /** Minor units that can still be captured or cancelled. */
    long remaining() {
        if (!isApproved() || isSale() || state.captureClosed()) {
            return 0;
        }
        return state.authorized() - sum(Kind.CAPTURE, operation -> operation.isOpen() || operation.isDone())
                - sum(Kind.CANCEL, operation -> operation.stage() != Maintenance.Stage.REJECTED);
    }

    long cancelled() {
        return sum(Kind.CANCEL, operation -> operation.stage() != Maintenance.Stage.REJECTED);
    }

    long refunded() {
        return sum(Kind.REFUND, Maintenance::isDone);
    }

    /** Minor units given back or on their way back. */
    long refunding() {
        return sum(Kind.REFUND, operation -> operation.stage() != Maintenance.Stage.REJECTED);
    }

    /** Minor units that are due to the merchant, or were taken. */
    long acquired() {
        if (state.stage() != Stage.APPROVED) {
            return 0;
        }
        return isSale() ? state.authorized() : remaining() + sum(Kind.CAPTURE, operation -> operation.isOpen() || operation.isDone());
    }

    List<Maintenance> operations(Kind kind) {
        return state.maintenance().stream().filter(operation -> operation.kind() == kind).toList();
    }

    @Nullable Maintenance last(Kind kind) {
        return state.maintenance().reversed().stream().filter(operation -> operation.kind() == kind).findFirst().orElse(null);
    }

    boolean hasSomethingDue() {
        return state.dueAt() != null || state.maintenance().stream().anyMatch(operation -> operation.dueAt() != null);
    }

    private long sum(Kind kind, Predicate<Maintenance> which) {
        return state.maintenance().stream().filter(operation -> operation.kind() == kind).filter(which).mapToLong(Maintenance::amount).sum();
    }
}
