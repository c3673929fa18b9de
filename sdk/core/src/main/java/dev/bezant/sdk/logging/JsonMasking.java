package dev.bezant.sdk.logging;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Copies one JSON text token by token and masks on the way. Everything that is not masked keeps its spelling, numbers included. */
final class JsonMasking {
    /** One open object or array: the path of its members' parent, and the rule that everything in it inherits. */
    private record Level(String path, @Nullable ObfuscationRule inherited) {}

    private final JsonParser parser;
    private final JsonGenerator generator;
    private final Function<String, @Nullable ObfuscationRule> rules;
    private final Deque<Level> levels = new ArrayDeque<>();
    private String path = "";
    private @Nullable ObfuscationRule rule;

    JsonMasking(JsonParser parser, JsonGenerator generator, Function<String, @Nullable ObfuscationRule> rules) {
        this.parser = parser;
        this.generator = generator;
        this.rules = rules;
    }

    void copy() {
        levels.push(new Level("", null));
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            switch (token) {
                case START_OBJECT -> {
                    open();
                    generator.writeStartObject();
                }
                case START_ARRAY -> {
                    open();
                    generator.writeStartArray();
                }
                case END_OBJECT -> {
                    close();
                    generator.writeEndObject();
                }
                case END_ARRAY -> {
                    close();
                    generator.writeEndArray();
                }
                case PROPERTY_NAME -> name(parser.currentName());
                default -> value(token);
            }
        }
    }

    private void open() {
        levels.push(new Level(path, rule));
    }

    private void close() {
        Level closed = levels.pop();
        path = closed.path();
        rule = closed.inherited();
    }

    private void name(String name) {
        Level level = levels.element();
        path = level.path().isEmpty() ? name : level.path() + "." + name;
        rule = level.inherited() != null ? level.inherited() : rules.apply(path);
        generator.writeName(name);
    }

    private void value(JsonToken token) {
        if (rule != null && token != JsonToken.VALUE_NULL) {
            generator.writeString(rule.mask(parser.getString()));
            return;
        }
        switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> generator.writeNumber(parser.getString());
            case VALUE_TRUE -> generator.writeBoolean(true);
            case VALUE_FALSE -> generator.writeBoolean(false);
            case VALUE_NULL -> generator.writeNull();
            default -> generator.writeString(parser.getString());
        }
    }
}
