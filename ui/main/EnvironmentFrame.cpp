#include "ui/main/EnvironmentFrame.h"

#include "ui/connect/EnvironmentText.h"

namespace ui {

EnvironmentFrame::EnvironmentFrame(QWidget &page)
    : OutlineFrame(page)
{
    setObjectName(QStringLiteral("environmentFrame"));
}

void EnvironmentFrame::setEnvironmentClass(profiles::EnvironmentClass environmentClass)
{
    if (environmentClass != m_class) {
        m_class = environmentClass;
        setOutlined(m_class != profiles::EnvironmentClass::None);
    }
}

QColor EnvironmentFrame::color() const
{
    return environmentColor(m_class, palette());
}

} // namespace ui
