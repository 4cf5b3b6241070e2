//! Dates of birth as people write them.
//!
//! **Invariant:** a date that no calendar has, or that forms put in by themselves, is none.

use jiff::civil::Date;

/// What forms and tills enter where nobody said anything: year, month, day.
const PLACEHOLDERS: [(i16, i8, i8); 3] = [(1900, 1, 1), (1970, 1, 1), (1901, 1, 1)];

/// The date as year × 10000 + month × 100 + day; 0 where there is none.
pub(super) fn read(text: &str) -> u32 {
    let mut numbers = [0_u32; 3];
    let mut lengths = [0_usize; 3];
    let mut part = 0;
    for byte in text.trim().bytes() {
        match byte {
            b'0'..=b'9' if part < 3 => {
                numbers[part] = numbers[part].saturating_mul(10) + u32::from(byte - b'0');
                lengths[part] += 1;
            }
            b'/' | b'-' | b'.' if lengths[part.min(2)] > 0 => part += 1,
            // A time of day behind the date says nothing.
            b'T' | b' ' if part == 2 => break,
            _ => return 0,
        }
    }
    match (lengths, numbers) {
        ([8, 0, 0], [all, ..]) => checked(all / 10000, all / 100 % 100, all % 100),
        ([4, 1..=2, 1..=2], [year, month, day]) => checked(year, month, day),
        ([1..=2, 1..=2, 4], [day, month, year]) => {
            // Months come second here; an American date shows itself by its second number.
            match checked(year, month, day) {
                0 => checked(year, day, month),
                date => date,
            }
        }
        _ => 0,
    }
}

fn checked(year: u32, month: u32, day: u32) -> u32 {
    let parts = (|| {
        Some((
            i16::try_from(year).ok()?,
            i8::try_from(month).ok()?,
            i8::try_from(day).ok()?,
        ))
    })();
    let Some((y, m, d)) = parts else { return 0 };
    let is_date = (1880..=2100).contains(&y) && Date::new(y, m, d).is_ok();
    if is_date && !PLACEHOLDERS.contains(&(y, m, d)) {
        year * 10000 + month * 100 + day
    } else {
        0
    }
}

/// The date that a valid Italian tax code holds. Its year has two digits: whoever would be
/// younger than `newest_year` allows was born a century before.
pub(super) fn of_tax_code(code: &str, newest_year: u32) -> u32 {
    const MONTHS: &str = "abcdehlmprst";
    let digits = |from: usize| code.get(from..from + 2)?.parse::<u32>().ok();
    let read = || {
        let month = MONTHS.find(code.get(8..9)?)?;
        let year = 2000 + digits(6)?;
        let year = if year > newest_year { year - 100 } else { year };
        let day = digits(9)? % 40;
        Some(checked(year, u32::try_from(month).ok()? + 1, day))
    };
    read().unwrap_or(0)
}

/// How far two dates agree: 4 the same, 3 day and month swapped, 2 one slip of a key, 1 the same
/// day of another year or within a year, 0 else.
pub(super) fn level(one: u32, other: u32) -> u8 {
    if one == other {
        return 4;
    }
    let parts = |date: u32| (date / 10000, date / 100 % 100, date % 100);
    let ((year, month, day), (year2, month2, day2)) = (parts(one), parts(other));
    if (year, month, day) == (year2, day2, month2) {
        return 3;
    }
    if is_slip(one, other) {
        return 2;
    }
    let days = |(year, month, day): (u32, u32, u32)| 372 * year + 31 * month + day;
    let near = days((year, month, day)).abs_diff(days((year2, month2, day2))) <= 372;
    u8::from(near || (month, day) == (month2, day2))
}

/// One digit differs, or two neighbours are swapped.
fn is_slip(one: u32, other: u32) -> bool {
    let digits = |date: u32| -> [u8; 8] {
        let mut digits = [0; 8];
        let mut rest = date;
        for digit in digits.iter_mut().rev() {
            *digit = u8::try_from(rest % 10).unwrap_or(0);
            rest /= 10;
        }
        digits
    };
    let (a, b) = (digits(one), digits(other));
    let mut differing = (0..8).filter(|at| a[*at] != b[*at]);
    match (differing.next(), differing.next(), differing.next()) {
        (Some(_), None, None) => true,
        (Some(first), Some(second), None) => {
            second == first + 1 && a[first] == b[second] && a[second] == b[first]
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_every_way_people_write_them() {
        for (text, date) in [
            ("1971-08-30", 19_710_830),
            ("30/08/1971", 19_710_830),
            ("30.8.1971", 19_710_830),
            ("19710830", 19_710_830),
            ("08/30/1971", 19_710_830),
            ("1971-08-30T00:00:00", 19_710_830),
            ("1970-01-01", 0),
            ("31/02/1971", 0),
            ("ieri", 0),
            ("", 0),
            ("30/08/71", 0),
        ] {
            assert_eq!(read(text), date, "{text}");
        }
        assert_eq!(of_tax_code("rssmra80a41h501y", 2026), 19_800_101);
        assert_eq!(of_tax_code("gpplra05c50h501y", 2026), 20_050_310);
    }

    #[test]
    fn dates_agree_in_degrees() {
        for (one, other, expected) in [
            (19_710_830, 19_710_830, 4),
            (19_710_805, 19_710_508, 3),
            (19_710_830, 19_710_831, 2),
            (19_710_830, 19_170_830, 2),
            (19_710_830, 19_720_101, 1),
            (19_710_830, 19_550_830, 1),
            (19_710_830, 19_400_101, 0),
        ] {
            assert_eq!(level(one, other), expected, "{one} {other}");
            assert_eq!(level(other, one), expected, "{one} {other}");
        }
    }
}
