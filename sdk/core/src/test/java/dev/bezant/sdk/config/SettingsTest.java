package dev.bezant.sdk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.sdk.error.ConfigurationException;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void keys_can_be_read_in_several_spellings_but_each_only_once() {
        var properties = new Properties();
        properties.setProperty("Api.Name", "x");
        var settings = Settings.of(properties, "api.", key -> key.toLowerCase(Locale.ROOT));
        assertThat(settings.requiredText("name")).isEqualTo("x");
        settings.finish();
        properties.setProperty("api.name", "y");
        var twice = Settings.of(properties, "api.", key -> key.toLowerCase(Locale.ROOT));
        twice.text("name");
        assertThatThrownBy(twice::finish).isInstanceOf(ConfigurationException.class).hasMessage("api.name is given twice, in two spellings (properties)");
    }
}
