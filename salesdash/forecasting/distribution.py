"""The predictive distribution of a figure: Student's t around its mean, never below its floor."""

import math
from dataclasses import dataclass
from statistics import NormalDist

NORMAL = NormalDist()


@dataclass(frozen=True)
class Distribution:
    """What a figure may come to: `mean`, standard error `scale`, degrees of `freedom`.

    All chance below `floor` (None: there is none) lies on it. The distribution function of
    Student's t is that of the normal one after the transformation of Wallace (1959), Annals of
    Mathematical Statistics 30; from 3 degrees of freedom on it errs by less than 0.003.
    """

    mean: float
    scale: float
    freedom: float = math.inf
    floor: float | None = None

    def quantile(self, share: float) -> float:
        """The figure that is not exceeded with the chance `share`, between 0 and 1."""
        found = self.mean
        if self.scale > 0:
            found += self.scale * self._student(NORMAL.inv_cdf(share))
        return found if self.floor is None else max(found, self.floor)

    def chance(self, least: float) -> float:
        """The chance of reaching at least so much."""
        if self.floor is not None and least <= self.floor:
            return 1.0
        if self.scale <= 0:
            return 1.0 if self.mean >= least else 0.0
        return NORMAL.cdf(-self._normal((least - self.mean) / self.scale))

    def interval(self, level: float) -> tuple[float, float]:
        """Lowest and highest figure of the middle `level` (0.8 for 80 %)."""
        return self.quantile((1 - level) / 2), self.quantile((1 + level) / 2)

    def _student(self, normal: float) -> float:
        if math.isinf(self.freedom):
            return normal
        power = (normal * self._bend) ** 2 / self.freedom
        return math.copysign(math.sqrt(self.freedom * math.expm1(power)), normal)

    def _normal(self, student: float) -> float:
        if math.isinf(self.freedom):
            return student
        size = math.sqrt(self.freedom * math.log1p(student * student / self.freedom))
        return math.copysign(size / self._bend, student)

    @property
    def _bend(self) -> float:
        return (8 * self.freedom + 3) / (8 * self.freedom + 1)
