package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.worldlineacquiring.Step.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A payment: what was asked for, and how it stands. Immutable; a change makes a new one. */
record Payment(String id, Merchant merchant, Terms terms, State state) {
    enum Stage { PENDING, DECLINED, APPROVED, CANCELLED }

    /**
     * What was asked for.
     *
     * @param preAuthorization whether it may grow
     * @param use of the card; without what was only for this moment
     */
    record Terms(Money money, Instant created, References references, boolean preAuthorization, CardUse use, SchemeIds ids) {
        CardFacts card() {
            return use.card();
        }
    }

    /**
     * How it stands.
     *
     * @param closed nothing more can be captured; what was left is released
     * @param dueAt when a pending one is decided by itself
     * @param steps in their order, declined ones and those taken back too
     */
    record State(Stage stage, @Nullable Decline decline, List<Step> steps, boolean closed, @Nullable Instant dueAt, Instant changed) {
        State {
            steps = List.copyOf(steps);
        }
    }

    Payment with(State changed) {
        return new Payment(id, merchant, terms, changed);
    }

    Payment at(Stage stage, @Nullable Decline decline, @Nullable Instant dueAt, Instant now) {
        return with(new State(stage, decline, state.steps(), state.closed(), dueAt, now));
    }

    Payment and(Step step, Instant now) {
        var steps = new ArrayList<>(state.steps());
        steps.add(step);
        return with(new State(state.stage(), state.decline(), steps, state.closed(), state.dueAt(), now));
    }

    Payment closing(boolean closed) {
        return with(new State(state.stage(), state.decline(), state.steps(), closed, state.dueAt(), state.changed()));
    }

    /** Replaces the steps that the change makes others of. */
    Payment changing(UnaryOperator<Step> change, Instant now) {
        return with(new State(state.stage(), state.decline(), state.steps().stream().map(change).toList(), state.closed(), state.dueAt(), now));
    }

    boolean isApproved() {
        return state.stage() == Stage.APPROVED;
    }

    /** Minor units held or captured: what was authorized less what was released. */
    long authorized() {
        return sum(Kind.AUTHORIZATION) + sum(Kind.INCREMENT) - sum(Kind.AUTHORIZATION_REVERSAL);
    }

    long captured() {
        return sum(Kind.CAPTURE);
    }

    /** Minor units that can still be captured or released. */
    long remaining() {
        return !isApproved() || state.closed() ? 0 : authorized() - captured();
    }

    /** Minor units given back, or promised to be. */
    long refunded() {
        return sum(Kind.REFUND);
    }

    /** How many captures there are: the next one's sequence number is one more. */
    int captures() {
        return (int) state.steps().stream().filter(step -> step.kind() == Kind.CAPTURE && step.stands()).count();
    }

    boolean hasClearedCapture(Instant now) {
        return state.steps().stream().anyMatch(step -> step.stands() && step.hasCleared(now));
    }

    /** The step that stands under that id and is of one of these types. */
    @Nullable Step standing(String operationId, Kind kind) {
        return state.steps().stream().filter(step -> step.kind() == kind && step.stands() && step.operationId().equals(operationId))
                .findFirst().orElse(null);
    }

    /** How long it can be captured. The simulator's choice, after the schemes' usual times. */
    boolean isOver(Instant now) {
        return !now.isBefore(terms.created().plus(Duration.ofDays(terms.preAuthorization() ? 30 : 7)));
    }

    /** In this provider's words (section 2.7). */
    String status(Instant now) {
        return switch (state.stage()) {
            case PENDING -> "PENDING";
            case DECLINED -> "NOT_AUTHORIZED";
            case CANCELLED -> "CANCELLED";
            case APPROVED -> approvedStatus(now);
        };
    }

    private String approvedStatus(Instant now) {
        if (captured() == 0) {
            return authorized() == 0 ? "REVERSED" : "AUTHORIZED";
        }
        return remaining() == 0 && !hasUncleared(now) ? "CONFIRMED" : "PENDING_CAPTURE";
    }

    /** Since when it has that status: clearing happens by itself. */
    Instant statusSince(Instant now) {
        var since = state.changed();
        if (isApproved() && captured() > 0 && remaining() == 0) {
            for (var step : state.steps()) {
                if (step.stands() && step.clearsAt() != null && step.hasCleared(now) && step.clearsAt().isAfter(since)) {
                    since = step.clearsAt();
                }
            }
        }
        return since;
    }

    private boolean hasUncleared(Instant now) {
        return state.steps().stream().anyMatch(step -> step.kind() == Kind.CAPTURE && step.stands() && !step.hasCleared(now));
    }

    private long sum(Kind kind) {
        return state.steps().stream().filter(step -> step.kind() == kind && step.stands()).mapToLong(Step::amount).sum();
    }
}
