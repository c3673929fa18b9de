package dev.bezant.sdk.error;

import java.util.List;

/** The provider answered, and the answer is an error. The subclasses are the ones worth telling apart; other statuses come as this class. */
public class ApiException extends SdkException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ApiException(Problem problem) {
        this(problem, problem.text());
    }

    /** @param message instead of the problem's own text; without card data */
    protected ApiException(Problem problem, String message) {
        super(message, null);
        this.problem = problem;
    }

    public final Problem problem() {
        return problem;
    }

    public final int status() {
        return problem.status();
    }

    public final List<FieldError> errors() {
        return problem.errors();
    }

    /** 408 and everything from 500 say nothing about what was done; other errors mean that nothing was. */
    @Override
    public boolean mayHaveTakenEffect() {
        return Methods.changeSomething(problem.method()) && (status() == 408 || status() == 429 || status() >= 500 || status() < 400);
    }
}
