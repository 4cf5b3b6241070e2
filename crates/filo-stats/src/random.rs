//! Chance that repeats: the same seed draws the same numbers on every machine.
//!
//! **Invariant:** what is drawn is a function of the seed and of how much was drawn before.

use crate::counting::{floor_index, real};
use crate::linkage::blocking::mixed;

/// 2^64 divided by the golden ratio, made odd: the step of the generator.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// `SplitMix64`: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA
/// 2014, 453–472, with the constants of Vigna's reference. For sampling, never for secrets.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// The generator that begins at a seed.
    #[must_use]
    pub const fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// 64 random bits.
    pub const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0)
    }

    /// A number from 0 on, below 1, in steps of 2^−53.
    pub fn unit(&mut self) -> f64 {
        const BITS: u32 = 53;
        const ALL: u64 = 1 << BITS;
        whole(self.bits() >> (u64::BITS - BITS)) / whole(ALL)
    }

    /// A number that is as good as normal, with mean 0 and deviation 1, within ±6: the sum of
    /// twelve units less 6, in sums alone, so that it is the same on every machine (Box and
    /// Muller, "A Note on the Generation of Random Normal Deviates", Annals of Mathematical
    /// Statistics 29 (1958), 610–611, compare it with others).
    pub fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    /// A count that is so many on average, after Poisson, by inversion (Devroye, "Non-Uniform
    /// Random Variate Generation", Springer 1986, section X.3): a mean above 16 is the sum of
    /// several, and one above 4096 is normal to within what anyone could tell. 0 unless the mean
    /// is above 0.
    pub fn poisson(&mut self, mean: f64) -> usize {
        const AT_ONCE: f64 = 16.0;
        const NORMAL_FROM: f64 = 4096.0;
        if mean.is_nan() || mean <= 0.0 {
            return 0;
        }
        if mean > NORMAL_FROM {
            return floor_index((mean + mean.sqrt() * self.normal() + 0.5).max(0.0));
        }
        let (mut left, mut count) = (mean, 0);
        while left > 0.0 {
            let part = left.min(AT_ONCE);
            left -= part;
            count += self.small_poisson(part);
        }
        count
    }

    /// A number after the gamma distribution of a shape, with the rate 1: Marsaglia and Tsang, "A
    /// Simple Method for Generating Gamma Variables", ACM Transactions on Mathematical Software 26
    /// (2000), 363–372; a shape below 1 by their note at the end. 0 unless the shape is above 0.
    pub fn gamma(&mut self, shape: f64) -> f64 {
        if !(shape > 0.0 && shape.is_finite()) {
            return 0.0;
        }
        if shape < 1.0 {
            let unit = 1.0 - self.unit();
            return self.gamma(shape + 1.0) * unit.powf(shape.recip());
        }
        let d = shape - 1.0 / 3.0;
        let c = (9.0 * d).sqrt().recip();
        loop {
            let normal = self.normal();
            let v = (1.0 + c * normal).powi(3);
            // Never 0, of which there is no logarithm.
            let unit = 1.0 - self.unit();
            if v > 0.0 && unit.ln() < normal * normal / 2.0 + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }

    fn small_poisson(&mut self, mean: f64) -> usize {
        let unit = self.unit();
        let (mut count, mut chance) = (0, (-mean).exp());
        let mut until = chance;
        // Once the chances are used up by rounding, a unit this near 1 has its count.
        while unit > until && chance > 0.0 {
            count += 1;
            chance *= mean / real(count);
            until += chance;
        }
        count
    }

    /// An index below `count`, each as likely to within `count` / 2^64 (the multiplication of
    /// Lemire, "Fast Random Integer Generation in an Interval", ACM Transactions on Modeling and
    /// Computer Simulation 29 (2019), article 3, without its last correction); 0 where there is
    /// none.
    pub fn index(&mut self, count: usize) -> usize {
        let wide = u128::from(self.bits()) * (count as u128);
        usize::try_from(wide >> u64::BITS).unwrap_or(0)
    }

    /// So many different indices below `count`, ascending; all of them where there are no more
    /// (selection sampling, algorithm S of Knuth, "The Art of Computer Programming" 2, 3.4.2).
    pub fn subset(&mut self, count: usize, wanted: usize) -> Vec<usize> {
        let mut taken = Vec::with_capacity(wanted.min(count));
        for index in 0..count {
            let still = wanted.saturating_sub(taken.len());
            if self.index(count - index) < still {
                taken.push(index);
            }
        }
        taken
    }
}

#[expect(clippy::cast_precision_loss, reason = "53 bits fit exactly")]
const fn whole(bits: u64) -> f64 {
    bits as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers of Vigna's reference (prng.di.unimi.it/splitmix64.c) from the seed
    /// 1234567, as Rosetta Code publishes them.
    #[test]
    fn numbers_are_those_of_the_reference() {
        let mut random = Random::seeded(1_234_567);
        let drawn = [(); 5].map(|()| random.bits());
        assert_eq!(
            drawn,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821,
            ]
        );
    }

    #[test]
    fn units_and_indices_fill_their_range_evenly() {
        let mut random = Random::seeded(7);
        let mut counts = [0_u32; 10];
        let mut sum = 0.0;
        for _draw in 0..10_000 {
            counts[random.index(10)] += 1;
            let unit = random.unit();
            assert!((0.0..1.0).contains(&unit));
            sum += unit;
        }
        assert!(
            counts.iter().all(|count| (880..1120).contains(count)),
            "{counts:?}"
        );
        assert!((sum / 10_000.0 - 0.5).abs() < 0.015, "{sum}");
        assert_eq!(random.index(0), 0);
    }

    #[test]
    fn normal_numbers_have_their_mean_and_deviation_and_the_tails_of_the_table() {
        let mut random = Random::seeded(13);
        let drawn: Vec<f64> = (0..20_000).map(|_| random.normal()).collect();
        let mean = drawn.iter().sum::<f64>() / 20_000.0;
        let variance = drawn.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / 20_000.0;
        assert!(
            mean.abs() < 0.03 && (variance - 1.0).abs() < 0.04,
            "{mean} {variance}"
        );
        // Beyond 1.96 on either side lie 5 in a hundred.
        let beyond = drawn.iter().filter(|it| it.abs() > 1.96).count();
        assert!((900..1_100).contains(&beyond), "{beyond}");
    }

    /// The mean and the variance are the mean, and nothing comes with a chance of exp(−mean).
    #[test]
    fn counts_after_poisson_have_their_mean_and_variance() {
        for mean in [0.3, 2.0, 16.5, 100.0, 10_000.0] {
            let mut random = Random::seeded(5);
            let drawn: Vec<f64> = (0..20_000).map(|_| real(random.poisson(mean))).collect();
            let average = drawn.iter().sum::<f64>() / 20_000.0;
            let variance = drawn.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / 20_000.0;
            // Four standard errors of either.
            let near = 4.0 * (mean / 20_000.0).sqrt();
            assert!((average - mean).abs() < near, "{mean}: {average}");
            let near = 4.0 * ((2.0 * mean * mean + mean) / 20_000.0).sqrt();
            assert!((variance - mean).abs() < near, "{mean}: {variance}");
            let none = real(drawn.iter().filter(|it| **it < 0.5).count()) / 20_000.0;
            assert!((none - (-mean).exp()).abs() < 0.015, "{mean}: {none}");
        }
        let mut random = Random::seeded(5);
        assert_eq!([0.0, -1.0, f64::NAN].map(|it| random.poisson(it)), [0; 3]);
    }

    /// The mean and the variance are the shape.
    #[test]
    fn numbers_after_gamma_have_their_mean_and_variance() {
        for shape in [0.3, 1.0, 2.5, 40.0] {
            let mut random = Random::seeded(17);
            let drawn: Vec<f64> = (0..40_000).map(|_| random.gamma(shape)).collect();
            assert!(drawn.iter().all(|it| *it >= 0.0));
            let mean = drawn.iter().sum::<f64>() / 40_000.0;
            let variance = drawn.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / 40_000.0;
            assert!((mean / shape - 1.0).abs() < 0.04, "{shape}: {mean}");
            assert!((variance / shape - 1.0).abs() < 0.1, "{shape}: {variance}");
        }
        let mut random = Random::seeded(17);
        for shape in [0.0, -1.0, f64::NAN] {
            assert!(random.gamma(shape).abs() < f64::MIN_POSITIVE, "{shape}");
        }
    }

    #[test]
    fn a_subset_holds_each_index_once_in_order_and_each_as_often() {
        let mut random = Random::seeded(11);
        let mut counts = [0_u32; 6];
        for _draw in 0..6_000 {
            let taken = random.subset(6, 2);
            assert!(taken.len() == 2 && taken[0] < taken[1]);
            for index in taken {
                counts[index] += 1;
            }
        }
        assert!(
            counts.iter().all(|count| (1850..2150).contains(count)),
            "{counts:?}"
        );
        assert_eq!(random.subset(3, 9), [0, 1, 2]);
        assert!(random.subset(0, 4).is_empty());
    }
}
