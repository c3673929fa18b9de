package dev.bezant.bench.webhooks;

/**
 * What is measured.
 *
 * @param rate deliveries per second, over all endpoints
 * @param endpoints each gets every event
 * @param backlog deliveries that are waiting when the second part begins
 */
record Options(int rate, int endpoints, int seconds, int backlog) {
    static final String USAGE = """
            Usage: ./bezant bench webhooks [--rate 500] [--endpoints 10] [--seconds 30] [--backlog 20000]

            Starts a server of its own, sends it as many requests as make the rate of deliveries, and measures from before
            such a request to the arrival of the event at a receiver on this machine. Then lets a backlog run off, as fast
            as it goes.""";

    /** @throws IllegalArgumentException with what is wrong */
    static Options parse(String[] args) {
        var options = new Options(500, 10, 30, 20_000);
        for (int i = 0; i + 1 < args.length; i += 2) {
            int value = number(args[i], args[i + 1]);
            options = switch (args[i]) {
                case "--rate" -> new Options(value, options.endpoints, options.seconds, options.backlog);
                case "--endpoints" -> new Options(options.rate, value, options.seconds, options.backlog);
                case "--seconds" -> new Options(options.rate, options.endpoints, value, options.backlog);
                case "--backlog" -> new Options(options.rate, options.endpoints, options.seconds, value);
                default -> throw new IllegalArgumentException("unknown option " + args[i]);
            };
        }
        if (args.length % 2 != 0) {
            throw new IllegalArgumentException(args[args.length - 1] + " needs a value");
        }
        return options;
    }

    private static int number(String name, String text) {
        try {
            int value = Integer.parseInt(text);
            if (value > 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new IllegalArgumentException(name + " is '" + text + "', expected a whole number above 0");
    }
}
