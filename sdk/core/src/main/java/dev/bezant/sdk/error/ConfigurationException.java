package dev.bezant.sdk.error;

import java.util.List;

/** Settings that cannot work. All mistakes are listed, not only the first. */
public final class ConfigurationException extends SdkException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public ConfigurationException(List<String> problems) {
        super(String.join("\n", problems), null);
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
