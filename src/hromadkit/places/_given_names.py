"""Given names beside which a capital makes a person; some are names of places too (Володимир, Станіслав)."""

UKRAINIAN = frozenset(
    [
        "андрій", "анатолій", "антон", "артем", "богдан", "борис", "вадим", "валентин", "валерій", "василь",
        "віктор", "віталій", "владислав", "володимир", "в’ячеслав", "геннадій", "георгій", "григорій", "дмитро",
        "денис", "євген", "іван", "ігор", "ілля", "кирило", "костянтин", "леонід", "любомир", "максим", "мар’ян",
        "микита", "микола", "мирослав", "михайло", "назар", "олег", "олександр", "олексій", "орест", "остап",
        "павло", "петро", "роман", "ростислав", "руслан", "святослав", "сергій", "станіслав", "степан", "тарас",
        "федір", "юрій", "юлій", "яків", "ярослав", "ізяслав", "алла", "анастасія", "анна", "валентина", "віра",
        "вікторія", "галина", "ганна", "дарина", "зоя", "інна", "ірина", "катерина", "лариса", "лідія", "людмила",
        "любов", "марія", "марина", "надія", "наталія", "наталя", "неля", "оксана", "олена", "ольга", "раїса",
        "світлана", "софія", "тамара", "тетяна", "уляна", "юлія", "яна", "ярослава",
    ]
)  # fmt: skip

LATIN = frozenset(
    [
        "andrii", "andriy", "anatolii", "anatoliy", "artem", "bohdan", "borys", "vadym", "valentyn", "valerii",
        "vasyl", "viktor", "vitalii", "vitaliy", "vladyslav", "volodymyr", "yevhen", "yevhenii", "heorhii",
        "hryhorii", "dmytro", "denys", "ivan", "ihor", "kostiantyn", "leonid", "maksym", "mykola", "myroslav",
        "mykhailo", "mykhaylo", "oleh", "oleksandr", "oleksii", "oleksiy", "pavlo", "petro", "roman", "ruslan",
        "serhii", "serhiy", "stanislav", "stepan", "taras", "yurii", "yuriy", "yaroslav", "iryna", "inna",
        "kateryna", "larysa", "liudmyla", "mariia", "maryna", "nadiia", "natalia", "nataliia", "oksana", "olena",
        "olha", "svitlana", "tetiana", "yuliia",
    ]
)  # fmt: skip
