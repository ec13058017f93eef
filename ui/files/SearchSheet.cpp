#include "ui/files/SearchSheet.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>

#include <algorithm>
#include <limits>

namespace ui {
namespace {

constexpr quint64 kilobyte = 1024;

std::optional<quint64> inKilobytes(std::optional<quint64> bytes)
{
    return bytes ? std::optional(*bytes / kilobyte) : std::nullopt;
}

std::optional<quint64> bytesOf(const QSpinBox &kilobytes)
{
    return kilobytes.value() < 0
        ? std::nullopt
        : std::optional(static_cast<quint64>(kilobytes.value()) * kilobyte);
}

// Takes "300", "300 kB", "1 MB" and "2 GB", of 1024; a plain number is of kB.
class SizeBox final : public QSpinBox
{
public:
    explicit SizeBox(QWidget *parent)
        : QSpinBox(parent)
    {
    }

protected:
    QValidator::State validate(QString &text, int &) const override
    {
        if (text == specialValueText() || valueOf(text)) {
            return QValidator::Acceptable;
        }
        const bool isBegun = text.trimmed().isEmpty() || specialValueText().startsWith(text);
        return isBegun ? QValidator::Intermediate : QValidator::Invalid;
    }

    int valueFromText(const QString &text) const override
    {
        return valueOf(text).value_or(minimum());
    }

    QString textFromValue(int value) const override
    {
        if (value == 0 || value % 1024 != 0) {
            return SearchSheet::tr("%1 kB").arg(value);
        }
        const int megabytes = value / 1024;
        return megabytes % 1024 == 0 ? SearchSheet::tr("%1 GB").arg(megabytes / 1024)
                                     : SearchSheet::tr("%1 MB").arg(megabytes);
    }

private:
    std::optional<int> valueOf(const QString &text) const
    {
        static const QRegularExpression form(QStringLiteral("^\\s*(\\d{1,10})\\s*([KMG]?)B?\\s*$"),
                                             QRegularExpression::CaseInsensitiveOption);
        const QRegularExpressionMatch match = form.match(text);
        if (!match.hasMatch()) {
            return std::nullopt;
        }
        const QString unit = match.captured(2).toUpper();
        const qint64 factor = unit == u'G' ? 1024 * 1024 : unit == u'M' ? 1024 : 1;
        return static_cast<int>(
            std::min<qint64>(match.captured(1).toLongLong() * factor, maximum()));
    }
};

} // namespace

SearchSheet::SearchSheet(const files::SearchQuery &last, QWidget *parent)
    : Sheet(parent)
    , m_name(new QLineEdit(last.name, this))
    , m_content(new QLineEdit(QString::fromUtf8(last.content), this))
    , m_least(createNumber(new SizeBox(this), QStringLiteral("searchLeast"),
                           inKilobytes(last.leastBytes)))
    , m_most(createNumber(new SizeBox(this), QStringLiteral("searchMost"),
                          inKilobytes(last.mostBytes)))
    , m_days(createNumber(new QSpinBox(this), QStringLiteral("searchDays"), last.withinDays))
{
    m_days->setSuffix(tr(" days"));
    setObjectName(QStringLiteral("searchSheet"));
    setAccessibleName(tr("Search"));
    m_name->setObjectName(QStringLiteral("searchName"));
    m_name->setPlaceholderText(tr("report or *.log"));
    m_name->selectAll();
    m_content->setObjectName(QStringLiteral("searchContent"));
    m_content->setPlaceholderText(tr("a text, as it is written"));
    auto *search = new QPushButton(tr("Search"), this);
    search->setObjectName(QStringLiteral("searchStart"));
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("searchCancel"));
    setFocusProxy(m_name);

    auto *sizes = new QHBoxLayout;
    sizes->addWidget(m_least);
    sizes->addWidget(m_most);
    sizes->addStretch();
    auto *form = new QFormLayout(this);
    form->addRow(tr("&Name:"), m_name);
    form->addRow(tr("&Containing:"), m_content);
    auto *sizeLabel = new QLabel(tr("&Size from, to:"), this);
    sizeLabel->setBuddy(m_least); // else the mnemonic would be seen as it is written
    form->addRow(sizeLabel, sizes);
    form->addRow(tr("&Modified within:"), m_days);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(search);
    buttons->addWidget(cancel);
    form->addRow(buttons);

    for (QLineEdit *edit : {m_name, m_content}) {
        connect(edit, &QLineEdit::returnPressed, search, &QPushButton::click);
    }
    connect(search, &QPushButton::clicked, this, [this] {
        emit accepted(query());
        finish();
    });
    connect(cancel, &QPushButton::clicked, this, &Sheet::cancel);
}

QSpinBox *SearchSheet::createNumber(QSpinBox *box, const QString &id, std::optional<quint64> value)
{
    box->setObjectName(id);
    box->setRange(-1, std::numeric_limits<int>::max());
    box->setSpecialValueText(tr("any")); // for -1
    box->setValue(value ? static_cast<int>(std::min<quint64>(*value, 1'000'000'000)) : -1);
    return box;
}

files::SearchQuery SearchSheet::query() const
{
    files::SearchQuery query;
    query.name = m_name->text();
    query.content = m_content->text().toUtf8();
    query.leastBytes = bytesOf(*m_least);
    query.mostBytes = bytesOf(*m_most);
    query.withinDays = m_days->value() < 0 ? std::nullopt : std::optional(m_days->value());
    return query;
}

} // namespace ui
