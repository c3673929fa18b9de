package dev.bezant.sandbox.worldlineacquiring;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A refund, of a payment or without one. Immutable; a change makes a new one. */
record Refund(String id, @Nullable String paymentId, Merchant merchant, Terms terms, State state) {
    enum Stage { PENDING, DECLINED, AUTHORIZED, CAPTURED, REVERSED, CANCELLED }

    record Terms(Money money, Instant created, References references, boolean captureImmediately, CardFacts card, SchemeIds ids) {}

    /**
     * How it stands.
     *
     * @param dueAt when a pending one ends by itself
     * @param approvedWhenDue how it ends then
     * @param clearsAt of a captured one: until then it can be taken back
     */
    record State(Stage stage, @Nullable Decline decline, List<Step> steps, @Nullable Instant dueAt, boolean approvedWhenDue,
            @Nullable Instant clearsAt, Instant changed) {
        State {
            steps = List.copyOf(steps);
        }
    }

    Refund at(Stage stage, @Nullable Decline decline, @Nullable Instant clearsAt, Instant now) {
        return new Refund(id, paymentId, merchant, terms, new State(stage, decline, state.steps(), null, false, clearsAt, now));
    }

    Refund and(Step step) {
        var steps = new ArrayList<>(state.steps());
        steps.add(step);
        return withSteps(steps);
    }

    /** Takes back what was done under that id. */
    Refund undoing(String operationId, Step.Kind kind) {
        return withSteps(state.steps().stream()
                .map(step -> step.kind() == kind && step.operationId().equals(operationId) ? step.undo() : step).toList());
    }

    private Refund withSteps(List<Step> steps) {
        return new Refund(id, paymentId, merchant, terms, new State(state.stage(), state.decline(), steps, state.dueAt(),
                state.approvedWhenDue(), state.clearsAt(), state.changed()));
    }

    boolean is(Stage stage) {
        return state.stage() == stage;
    }

    boolean hasCleared(Instant now) {
        return state.clearsAt() != null && !now.isBefore(state.clearsAt());
    }

    /** In this provider's words (section 2.7). */
    String status(Instant now) {
        return switch (state.stage()) {
            case PENDING -> "PENDING";
            case DECLINED -> "NOT_AUTHORIZED";
            case AUTHORIZED -> "AUTHORIZED";
            case CAPTURED -> hasCleared(now) ? "CONFIRMED" : "PENDING_CAPTURE";
            case REVERSED -> "REVERSED";
            case CANCELLED -> "CANCELLED";
        };
    }

    Instant statusSince(Instant now) {
        return is(Stage.CAPTURED) && state.clearsAt() != null && hasCleared(now) ? state.clearsAt() : state.changed();
    }
}
