#include "ui/prompts/HostKeyForm.h"

#include "base/DisplayText.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/PlainLabel.h"

#include <QCoreApplication>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QStyle>

namespace ui {

QString keyTypeText(const hostkeys::HostKey &key)
{
    const QString label = base::displayText(key.label());
    return key.bits() == 0
        ? label
        : QCoreApplication::translate("ui::HostKeyForm", "%1, %2 bits").arg(label).arg(key.bits());
}

QString locationText(const hostkeys::Location &location)
{
    return base::displayText(location.file) + u':' + QString::number(location.line);
}

void addValueRow(QFormLayout &form, const QString &label, const QString &text)
{
    auto *value = new PlainLabel(base::displayText(text), PlainLabel::Role::Value);
    value->setAccessibleName(label);
    form.addRow(label, value);
}

QHBoxLayout *createHeading(const QString &iconName, const QColor &color, const QString &title,
                           QWidget *parent)
{
    const int size = parent->style()->pixelMetric(QStyle::PM_LargeIconSize, nullptr, parent);
    auto *icon = new QLabel(parent);
    icon->setPixmap(
        Icons::icon(iconName, color).pixmap(QSize(size, size), parent->devicePixelRatioF()));
    auto *row = new QHBoxLayout;
    row->addWidget(icon);
    row->addWidget(new PlainLabel(title, PlainLabel::Role::Title, parent), 1);
    return row;
}

} // namespace ui
