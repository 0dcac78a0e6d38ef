"""Second opinions: the models once more, in plain loops over one parameter set at a time."""


def least(candidates, run):
    """The path of the candidate with the least squared one-step error; the first of equals."""
    return min((run(*each) for each in candidates), key=lambda found: found[0])[1]


def theta_path(values, horizon, weights):
    n = len(values)
    middle, mean = (n - 1) / 2, sum(values) / n
    slope = sum((t - middle) * (v - mean) for t, v in enumerate(values)) / sum(
        (t - middle) ** 2 for t in range(n)
    )
    line = [mean + slope * (t - middle) for t in range(n + horizon)]
    bent = [2 * v - line[t] for t, v in enumerate(values)]

    def smooth(weight):
        level, squares = bent[0], 0.0
        for value in bent[1:]:
            squares += (value - level) ** 2
            level = weight * value + (1 - weight) * level
        return squares, level

    level = least([(weight,) for weight in weights], smooth)
    return [(level + line[n + step]) / 2 for step in range(horizon)]


def damped_path(values, horizon, candidates):
    def run(alpha, beta, phi):
        level, trend, squares = values[0], 0.0, 0.0
        for value in values[1:]:
            expected = level + phi * trend
            squares += (value - expected) ** 2
            new = alpha * value + (1 - alpha) * expected
            trend = beta * (new - level) + (1 - beta) * phi * trend
            level = new
        path, grown = [], 0.0
        for step in range(1, horizon + 1):
            grown += phi**step
            path.append(level + grown * trend)
        return squares, path

    return least(candidates, run)


def holt_winters_path(values, season, horizon, candidates):
    """The component form of Hyndman and Athanasopoulos, section 8.3, with a damped trend."""
    first, second = values[:season], values[season : 2 * season]
    slope = (sum(second) - sum(first)) / season**2
    start = sum(first) / season - slope * (season - 1) / 2
    line = [start + slope * t for t in range(2 * season)]

    def run(alpha, beta, phi, gamma, multiplies):
        if multiplies:
            cycle = [(first[p] / line[p] + second[p] / line[p + season]) / 2 for p in range(season)]
            cycle = [each * season / sum(cycle) for each in cycle]
        else:
            cycle = [(first[p] - line[p] + second[p] - line[p + season]) / 2 for p in range(season)]
            cycle = [each - sum(cycle) / season for each in cycle]
        level, trend, squares = start - slope, slope, 0.0
        for t, value in enumerate(values):
            factor, before = cycle[t % season], level + phi * trend
            squares += (value - (before * factor if multiplies else before + factor)) ** 2
            plain = value / factor if multiplies else value - factor
            new = alpha * plain + (1 - alpha) * before
            trend = beta * (new - level) + (1 - beta) * phi * trend
            seen = value / before if multiplies else value - before
            share = gamma * (1 - alpha)
            cycle[t % season] = share * seen + (1 - share) * factor
            level = new
        path, grown = [], 0.0
        for step in range(horizon):
            grown += phi ** (step + 1)
            factor = cycle[(len(values) + step) % season]
            ahead = level + grown * trend
            path.append(ahead * factor if multiplies else ahead + factor)
        return squares, path

    return least(candidates, run)
