// EnvironmentFrame: a line in the color of the environment class around all of a page, so that it
// is seen which server one is typing to. Nothing for a session without a class.

#pragma once

#include "profiles/EnvironmentClass.h"
#include "ui/widgets/OutlineFrame.h"

namespace ui {

class EnvironmentFrame final : public OutlineFrame
{
    Q_OBJECT

public:
    explicit EnvironmentFrame(QWidget &page);

    void setEnvironmentClass(profiles::EnvironmentClass environmentClass);

protected:
    QColor color() const override;

private:
    profiles::EnvironmentClass m_class = profiles::EnvironmentClass::None;
};

} // namespace ui
