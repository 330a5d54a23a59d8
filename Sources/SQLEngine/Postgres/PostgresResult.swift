// SPDX-License-Identifier: Apache-2.0
import CPostgres

/// Decodes a result in binary format. Source: PostgreSQL 15, `pg_type.dat` and the types' send functions.
enum PostgresResult {
    static func rows(of result: OpaquePointer) throws(SQLError) -> [SQLRow] {
        let columnCount = PQnfields(result)
        guard columnCount > 0 else { return [] }
        let columns = (0..<columnCount).map { PQfname(result, $0).map { String(cString: $0) } ?? "" }
        let types = (0..<columnCount).map { PQftype(result, $0) }
        var rows: [SQLRow] = []
        rows.reserveCapacity(Int(PQntuples(result)))
        for row in 0..<PQntuples(result) {
            var values: [SQLValue] = []
            values.reserveCapacity(Int(columnCount))
            for column in 0..<columnCount {
                values.append(try value(of: result, row: row, column: column, type: types[Int(column)], columns))
            }
            rows.append(SQLRow(columns: columns, values: values))
        }
        return rows
    }

    /// Rows changed; a SELECT changes none.
    static func changes(of result: OpaquePointer) -> Int {
        guard let tag = PQcmdStatus(result), !String(cString: tag).hasPrefix("SELECT") else { return 0 }
        guard let count = PQcmdTuples(result) else { return 0 }
        return Int(String(cString: count)) ?? 0
    }

    private static func value(
        of result: OpaquePointer, row: CInt, column: CInt, type: Oid, _ columns: [String]
    ) throws(SQLError) -> SQLValue {
        guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else { return .null }
        let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, column)))
        switch type {
        case 16: return .integer(bytes.first == 0 ? 0 : 1)
        case 21: return .integer(Int64(Int16(truncatingIfNeeded: bigEndian(bytes))))
        case 23: return .integer(Int64(Int32(truncatingIfNeeded: bigEndian(bytes))))
        case 26: return .integer(Int64(bigEndian(bytes)))
        case 20: return .integer(Int64(bitPattern: bigEndian(bytes)))
        case 18, 19, 25, 114, 705, 1042, 1043: return .text(String(decoding: bytes, as: UTF8.self))
        case 17: return .blob(Array(bytes))
        case 700: return .real(Double(Float(bitPattern: UInt32(truncatingIfNeeded: bigEndian(bytes)))))
        case 701: return .real(Double(bitPattern: bigEndian(bytes)))
        case 1700: return try numeric(bytes, column: columns[Int(column)])
        case 2278: return .null
        default: throw .decoding("\(columns[Int(column)]) has the type with oid \(type)")
        }
    }

    private static func bigEndian(_ bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }

    /// Sums of 64-bit integers are `numeric`: whole numbers come back as integers, others as reals.
    /// Layout: digit count, weight, sign, scale, then digits to base 10,000, each 16 bits.
    private static func numeric(_ bytes: UnsafeRawBufferPointer, column: String) throws(SQLError) -> SQLValue {
        let words = stride(from: 0, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        guard words.count >= 4, words.count == 4 + Int(words[0]), words[2] == 0 || words[2] == 0x4000 else {
            throw .decoding("\(column) is not a finite number")
        }
        let digits = words[4...].map { Int64($0) }
        let weight = Int(Int16(bitPattern: words[1]))
        let isNegative = words[2] == 0x4000
        guard digits.count <= weight + 1 || digits.isEmpty else {
            let magnitude = digits.enumerated().reduce(0.0) { sum, digit in
                sum + Double(digit.element) * power(weight - digit.offset)
            }
            return .real(isNegative ? -magnitude : magnitude)
        }
        var value: Int64 = 0
        for index in 0..<(digits.isEmpty ? 0 : weight + 1) {
            let digit = index < digits.count ? digits[index] : 0
            let (shifted, isTooLarge) = value.multipliedReportingOverflow(by: 10_000)
            let (sum, isOver) = shifted.addingReportingOverflow(isNegative ? -digit : digit)
            guard !isTooLarge, !isOver else { throw .decoding("\(column) does not fit 64 bits") }
            value = sum
        }
        return .integer(value)
    }

    private static func power(_ exponent: Int) -> Double {
        (0..<abs(exponent)).reduce(1.0) { product, _ in exponent < 0 ? product / 10_000 : product * 10_000 }
    }
}
